<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ui::AccountCard</name>
    <message>
        <source>Use this account</source>
        <translation>使用此账号</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Use the account %1</source>
        <translation>使用账号 %1</translation>
    </message>
    <message>
        <source>New password for %1</source>
        <translation>%1 的新密码</translation>
    </message>
    <message>
        <source>Remove the account %1</source>
        <translation>移除账号 %1</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>New password…</source>
        <translation>新密码…</translation>
    </message>
    <message>
        <source>Use password</source>
        <translation>使用此密码</translation>
    </message>
    <message>
        <source>Remove account and chats</source>
        <translation>移除账号和聊天记录</translation>
    </message>
    <message>
        <source>Connection…</source>
        <translation>连接设置…</translation>
    </message>
    <message>
        <source>Connection of %1</source>
        <translation>%1 的连接</translation>
    </message>
    <message>
        <source>Use connection</source>
        <translation>使用此连接</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>消息存档…</translation>
    </message>
    <message>
        <source>Archive of %1</source>
        <translation>%1 的消息存档</translation>
    </message>
    <message>
        <source>Tell contacts when I have read their messages</source>
        <translation>阅读消息后告知联系人</translation>
    </message>
    <message>
        <source>Remove the account from this computer? Its chats go for good, with the search, Balcony&apos;s copies, the files in Balcony&apos;s folder, drafts, and what waits to be sent. The account on the server, the messages there, and what others have, stay.</source>
        <translation>从这台电脑上移除此账号？其聊天将永久删除，连同搜索索引、Balcony 的副本、Balcony 文件夹中的文件、草稿以及等待发送的内容。服务器上的账号和消息，以及他人拥有的内容会保留。</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>头像…</translation>
    </message>
    <message>
        <source>Picture of %1</source>
        <translation>%1 的头像</translation>
    </message>
</context>
<context>
    <name>ui::AccountState</name>
    <message>
        <source>Turned off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Waiting for the next try</source>
        <translation>正在等待下次重试</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>ui::AccountsPage</name>
    <message>
        <source>No account yet.</source>
        <translation>还没有账号。</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>添加账号…</translation>
    </message>
    <message>
        <source>Back to the accounts</source>
        <translation>返回账号列表</translation>
    </message>
</context>
<context>
    <name>ui::ActionModel</name>
    <message>
        <source>%1: %2</source>
        <comment>menu and action</comment>
        <extracomment>In a list of all actions: %1 is a menu, %2 what it offers, as in &quot;View: Dark&quot;.</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::AddContactDialog</name>
    <message>
        <source>A&amp;ccount</source>
        <translation>账号(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>分组(&amp;G)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation>name@example.org</translation>
    </message>
    <message>
        <source>They are asked whether you may see when they are online.</source>
        <translation>系统会询问对方是否允许你查看其在线状态。</translation>
    </message>
    <message>
        <source>As you want to call them</source>
        <translation>你对对方的称呼</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Adding the contact</source>
        <translation>正在添加联系人</translation>
    </message>
    <message>
        <source>%1 is not connected; contacts can be added while it is online.</source>
        <translation>%1 未连接；上线后才能添加联系人。</translation>
    </message>
    <message>
        <source>There is no account; sign in first.</source>
        <translation>还没有账号，请先登录。</translation>
    </message>
    <message>
        <source>This is your own address.</source>
        <translation>这是你自己的地址。</translation>
    </message>
    <message>
        <source>%1 is in your contact list already.</source>
        <translation>%1 已在你的联系人列表中。</translation>
    </message>
    <message>
        <source>Enter the address of the person.</source>
        <translation>请输入对方的地址。</translation>
    </message>
    <message>
        <source>A&amp;dd contact</source>
        <translation>添加联系人(&amp;D)</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>添加联系人</translation>
    </message>
</context>
<context>
    <name>ui::AddressInput</name>
    <message>
        <source>An address has an @ in the middle, like name@example.org.</source>
        <translation>地址中间有一个 @，例如 name@example.org。</translation>
    </message>
    <message>
        <source>The name before the @ is missing.</source>
        <translation>@ 前面缺少名称。</translation>
    </message>
    <message>
        <source>The server after the @ is missing or not complete.</source>
        <translation>@ 后面的服务器缺失或不完整。</translation>
    </message>
    <message>
        <source>An address has only one @.</source>
        <translation>地址中只能有一个 @。</translation>
    </message>
    <message>
        <source>Leave out the / and what follows it.</source>
        <translation>请去掉 / 及其后面的内容。</translation>
    </message>
    <message>
        <source>The name before the @ has a character that is not allowed.</source>
        <translation>@ 前面的名称含有不允许的字符。</translation>
    </message>
    <message>
        <source>What stands after the @ is not the name of a server.</source>
        <translation>@ 后面不是有效的服务器名称。</translation>
    </message>
    <message>
        <source>A guest has no name: enter the server alone, like example.org.</source>
        <translation>访客没有名称：请只输入服务器，例如 example.org。</translation>
    </message>
    <message>
        <source>The name of the server is not complete.</source>
        <translation>服务器名称不完整。</translation>
    </message>
    <message>
        <source>This is not the name of a server.</source>
        <translation>这不是服务器的名称。</translation>
    </message>
</context>
<context>
    <name>ui::AppearancePage</name>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation>跟随系统(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>&amp;Text size</source>
        <translation>文字大小(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>Takes effect when Balcony starts the next time.</source>
        <translation>下次启动 Balcony 时生效。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>The size of text in per cent of the system&apos;s.</extracomment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>ui::Application</name>
    <message>
        <source>The database was damaged. What could be read was kept; the damaged file is %1.</source>
        <translation>数据库已损坏。能读取的内容已经保留；损坏的文件是 %1。</translation>
    </message>
</context>
<context>
    <name>ui::ArchiveChoice</name>
    <message>
        <source>Messages that the server keeps for your devices</source>
        <translation>服务器为你的设备保存的消息</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>所有消息</translation>
    </message>
    <message>
        <source>Those with my contacts</source>
        <translation>与我的联系人的消息</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不保存</translation>
    </message>
</context>
<context>
    <name>ui::Avatar</name>
    <message>
        <source>available</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>away</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>请勿打扰</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is a person&apos;s name, %2 a presence such as &quot;away&quot;.</extracomment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>ui::AvatarCrop</name>
    <message>
        <source>Part of the picture</source>
        <translation>图片的一部分</translation>
    </message>
    <message>
        <source>Arrow keys move the picture, plus and minus zoom, zero shows as much as fits.</source>
        <translation>方向键移动图片，加号和减号缩放，零键尽可能多地显示图片。</translation>
    </message>
</context>
<context>
    <name>ui::AvatarDialog</name>
    <message>
        <source>Choose a &amp;File…</source>
        <translation>选择文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Remove Picture</source>
        <translation>移除头像(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Use Picture</source>
        <translation>使用此图片(&amp;U)</translation>
    </message>
    <message>
        <source>Your Picture</source>
        <translation>你的头像</translation>
    </message>
    <message>
        <source>You have no picture yet.</source>
        <translation>你还没有头像。</translation>
    </message>
    <message>
        <source>Contacts see what is inside the circle. Move the picture with the mouse or the arrow keys; zoom with the wheel, or with + and −.</source>
        <translation>联系人会看到圆圈内的部分。用鼠标或方向键移动图片；用滚轮或 + 和 − 缩放。</translation>
    </message>
    <message>
        <source>Choose a Picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>There is no picture to paste; copy one first.</source>
        <translation>没有可粘贴的图片；请先复制一张。</translation>
    </message>
</context>
<context>
    <name>ui::Background</name>
    <message>
        <source>Keep Balcony running when its window is closed?</source>
        <translation>关闭窗口后让 Balcony 继续运行吗？</translation>
    </message>
    <message>
        <source>It stays in the tray and tells you of new messages. You can change this in the settings.</source>
        <translation>它会留在系统托盘中并提醒你新消息。你可以在设置中更改。</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>ui::Badge</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Banner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::CatchUpBar</name>
    <message>
        <source>Older messages are not being fetched.</source>
        <translation>较早的消息暂不获取。</translation>
    </message>
    <message numerus="yes">
        <source>Fetching %n message(s) that you missed…</source>
        <translation>
            <numerusform>正在获取你错过的 %n 条消息…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 Back to %2.</source>
        <extracomment>%1 is a sentence that ends by itself, %2 a date.</extracomment>
        <translation>%1已到 %2。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is an account&apos;s address, %2 a sentence about it.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>ui::CertificateChoice</name>
    <message>
        <source>None: sign in with the password</source>
        <translation>无：用密码登录</translation>
    </message>
    <message>
        <source>A PEM or PKCS#12 file with a certificate and its key, which signs in instead of the password. It stays where it is.</source>
        <translation>含证书及其私钥的 PEM 或 PKCS#12 文件，代替密码用于登录。文件留在原处。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Only where the file has one</source>
        <translation>仅当文件有口令时</translation>
    </message>
    <message>
        <source>There is no such file, or you may not read it.</source>
        <translation>没有这个文件，或者你无权读取。</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
    <message>
        <source>Cert&amp;ificate file</source>
        <translation>证书文件(&amp;I)</translation>
    </message>
    <message>
        <source>Passphrase of the fi&amp;le</source>
        <translation>文件的口令(&amp;L)</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>ui::ChatActions</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>取消归档</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open the chat</source>
        <translation>打开聊天</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>For one hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>For 8 hours</source>
        <translation>8 小时</translation>
    </message>
    <message>
        <source>Until I turn it on again</source>
        <translation>直到我重新打开</translation>
    </message>
    <message>
        <source>Add to contacts…</source>
        <translation>添加到联系人…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove from contacts…</source>
        <translation>从联系人中移除…</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>New group…</source>
        <translation>新建分组…</translation>
    </message>
    <message>
        <source>Rename a contact</source>
        <translation>重命名联系人</translation>
    </message>
    <message>
        <source>Name for %1; empty shows the address.</source>
        <translation>%1 的名称；留空则显示地址。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建分组</translation>
    </message>
    <message>
        <source>The name of the group</source>
        <translation>分组名称</translation>
    </message>
    <message>
        <source>Add to the group</source>
        <translation>添加到分组</translation>
    </message>
    <message>
        <source>Remove %1 from your contacts?</source>
        <translation>要从联系人中移除 %1 吗？</translation>
    </message>
    <message>
        <source>Neither of you sees any more whether the other is there. Your messages stay.</source>
        <translation>双方将不再看到对方的在线状态。聊天记录会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete the history…</source>
        <translation>删除聊天记录…</translation>
    </message>
    <message>
        <source>Deleted from this computer: all messages of this chat, what they are found by in the search, the copies that Balcony keeps of them, their files in Balcony&apos;s folder, and what you have not sent yet.</source>
        <translation>将从这台电脑上删除：此聊天的所有消息、其搜索索引、Balcony 保留的副本、Balcony 文件夹中的相关文件，以及你尚未发送的内容。</translation>
    </message>
    <message>
        <source>Messages that wait to be sent are not sent.</source>
        <translation>等待发送的消息将不再发送。</translation>
    </message>
    <message>
        <source>Not deleted: what the other side, your server and your other devices have, and files that you saved elsewhere. What was deleted here is not fetched from the server again.</source>
        <translation>不会删除：对方、你的服务器和你的其他设备上的内容，以及你保存到别处的文件。在此删除的内容不会再从服务器获取。</translation>
    </message>
    <message>
        <source>Delete the history of the chat with %1?</source>
        <translation>删除与 %1 的聊天记录？</translation>
    </message>
    <message>
        <source>Delete the history</source>
        <translation>删除聊天记录</translation>
    </message>
    <message>
        <source>Keep messages</source>
        <translation>保留消息</translation>
    </message>
    <message>
        <source>As in the settings (%1)</source>
        <extracomment>%1 is how long: &quot;For good&quot;, &quot;90 days&quot;.</extracomment>
        <translation>按照设置(%1)</translation>
    </message>
</context>
<context>
    <name>ui::ChatHeader</name>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Menu of this chat</source>
        <translation>此聊天的菜单</translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation>正在输入…</translation>
    </message>
    <message>
        <source>Not in your contacts</source>
        <translation>不在你的联系人中</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>Under a name: %1 is a presence such as &quot;Away&quot;, %2 the person&apos;s own words about it.</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, idle since %2</source>
        <extracomment>Under a name: %1 is a presence such as &quot;Away&quot;, %2 the time or day since when the person was not there.</extracomment>
        <translation>%1，自 %2 起不在</translation>
    </message>
    <message>
        <source>Search in this chat</source>
        <translation>在此聊天中搜索</translation>
    </message>
</context>
<context>
    <name>ui::ChatList</name>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Draft:</source>
        <extracomment>Before a text that is written and not sent.</extracomment>
        <translation>草稿：</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation>正在输入…</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>还没有消息</translation>
    </message>
    <message>
        <source>You: %1</source>
        <extracomment>The last message of a chat is one&apos;s own; %1 is its text.</extracomment>
        <translation>你：%1</translation>
    </message>
    <message>
        <source>Waiting for their answer</source>
        <translation>正在等待对方回应</translation>
    </message>
    <message>
        <source>Presence not shared</source>
        <translation>未共享在线状态</translation>
    </message>
    <message>
        <source>draft: %1</source>
        <extracomment>Spoken; %1 is a text that is written and not sent.</extracomment>
        <translation>草稿：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the parts of a row that is read aloud.</extracomment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>ui::ChatPage</name>
    <message>
        <source>No messages yet. Say hello!</source>
        <translation>还没有消息，打个招呼吧！</translation>
    </message>
    <message>
        <source>Open this address in another program?</source>
        <translation>要用其他程序打开此地址吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Choose Files to Send</source>
        <translation>选择要发送的文件</translation>
    </message>
    <message>
        <source>Forwarded from %1, %2:</source>
        <extracomment>Stands above a message that is passed on to others: %1 is who wrote it, %2 when.</extracomment>
        <translation>转发自 %1，%2：</translation>
    </message>
</context>
<context>
    <name>ui::ChatPane</name>
    <message>
        <source>No chat is open</source>
        <translation>没有打开的聊天</translation>
    </message>
    <message>
        <source>Choose one from the list, or start a new one.</source>
        <translation>从列表中选择一个，或开始新的聊天。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建聊天</translation>
    </message>
</context>
<context>
    <name>ui::CommandHelpDialog</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Sends a text that begins with a slash.</source>
        <translation>发送以斜杠开头的文字。</translation>
    </message>
    <message>
        <source>Typed at the beginning of a message, these do something instead of being sent.</source>
        <translation>在消息开头输入这些命令，会执行操作而不是发送消息。</translation>
    </message>
</context>
<context>
    <name>ui::Commands</name>
    <message>
        <source>action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Says what you do, as in “Romeo waves”.</source>
        <translation>说明你在做什么，例如“罗密欧挥手”。</translation>
    </message>
    <message>
        <source>[available|away|xa|dnd] text</source>
        <translation>[available|away|xa|dnd] 文字</translation>
    </message>
    <message>
        <source>Sets your presence, your status text, or both.</source>
        <translation>设置在线状态、状态文字，或同时设置两者。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Searches in all messages.</source>
        <translation>在所有消息中搜索。</translation>
    </message>
    <message>
        <source>Shows this list.</source>
        <translation>显示此列表。</translation>
    </message>
</context>
<context>
    <name>ui::CompletionPopup</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>ui::Composer</name>
    <message>
        <source>Send message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
</context>
<context>
    <name>ui::ComposerBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Do not reply</source>
        <translation>不回复</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>回复 %1</translation>
    </message>
    <message>
        <source>Leave the message as it is</source>
        <translation>保留原消息不变</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what is written, and for which message</comment>
        <extracomment>What a screen reader says of the bar over the text field: what is being written, and the message it is about.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Do not forward</source>
        <translation>不转发</translation>
    </message>
</context>
<context>
    <name>ui::ComposerTools</name>
    <message>
        <source>Insert an emoji</source>
        <translation>插入表情符号</translation>
    </message>
    <message>
        <source>React with an emoji</source>
        <translation>用表情符号回应</translation>
    </message>
    <message>
        <source>Send as Text</source>
        <translation>作为文字发送</translation>
    </message>
    <message>
        <source>There is no command %1. /help lists those that there are.</source>
        <extracomment>%1 is what was typed, as in &quot;/dance&quot;.</extracomment>
        <translation>没有 %1 命令。输入 /help 可查看所有命令。</translation>
    </message>
    <message>
        <source>Something must follow %1. /help says what.</source>
        <extracomment>%1 is a command, as in &quot;/search&quot;.</extracomment>
        <translation>%1 后面需要补充内容。输入 /help 可查看用法。</translation>
    </message>
</context>
<context>
    <name>ui::ConnectionDetails</name>
    <message>
        <source>How this account is connected</source>
        <translation>此账号的连接方式</translation>
    </message>
    <message>
        <source>Encryption</source>
        <extracomment>%1 is a version of TLS, %2 a cipher suite.</extracomment>
        <translation>加密</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Signed in by</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>%1, tied to the connection (%2)</source>
        <translation>%1，与连接绑定（%2）</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>签发者</translation>
    </message>
    <message>
        <source>Valid</source>
        <extracomment>%1 and %2 are days.</extracomment>
        <translation>有效期</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Server&apos;s key</source>
        <extracomment>%1 and %2 are days, %3 is the fingerprint of a key.</extracomment>
        <translation>服务器密钥</translation>
    </message>
    <message>
        <source>Earlier key</source>
        <translation>以前的密钥</translation>
    </message>
    <message>
        <source>first seen %1, last seen %2
%3</source>
        <translation>首次见到 %1，最近见到 %2
%3</translation>
    </message>
</context>
<context>
    <name>ui::ConnectionOptions</name>
    <message>
        <source>Ser&amp;ver</source>
        <translation>服务器(&amp;V)</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>Encr&amp;yption</source>
        <translation>加密方式(&amp;Y)</translation>
    </message>
    <message>
        <source>Found by itself</source>
        <translation>自动查找</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>STARTTLS: encrypted right after connecting</source>
        <translation>STARTTLS：连接后立即加密</translation>
    </message>
    <message>
        <source>Direct TLS: encrypted from the first byte</source>
        <translation>直接 TLS：从第一个字节起加密</translation>
    </message>
    <message>
        <source>The connection is always encrypted.</source>
        <translation>连接始终加密。</translation>
    </message>
    <message>
        <source>This is not the name of a server.</source>
        <translation>这不是有效的服务器名称。</translation>
    </message>
    <message>
        <source>A number from 1 to 65535.</source>
        <translation>请输入 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>Allow PLAI&amp;N passwords</source>
        <translation>允许 PLAIN 密码(&amp;N)</translation>
    </message>
    <message>
        <source>Only for a server that you trust and that cannot do better: it gets to read the password.</source>
        <translation>仅用于你信任且不支持更好方式的服务器：它能读到密码。</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>代理(&amp;X)</translation>
    </message>
    <message>
        <source>Proxy &amp;host</source>
        <translation>代理主机(&amp;H)</translation>
    </message>
    <message>
        <source>Proxy po&amp;rt</source>
        <translation>代理端口(&amp;R)</translation>
    </message>
    <message>
        <source>Proxy &amp;user</source>
        <translation>代理用户名(&amp;U)</translation>
    </message>
    <message>
        <source>Proxy pass&amp;word</source>
        <translation>代理密码(&amp;W)</translation>
    </message>
    <message>
        <source>None: connect directly</source>
        <translation>无：直接连接</translation>
    </message>
    <message>
        <source>The system&apos;s settings</source>
        <translation>系统设置</translation>
    </message>
    <message>
        <source>SOCKS5, as for Tor</source>
        <translation>SOCKS5，例如 Tor</translation>
    </message>
    <message>
        <source>HTTP (CONNECT)</source>
        <translation>HTTP (CONNECT)</translation>
    </message>
    <message>
        <source>With a proxy nothing about this account goes around it; the proxy looks names up.</source>
        <translation>使用代理时，此账号的一切都经由代理；域名也由代理解析。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy.</source>
        <translation>请输入代理的名称或地址。</translation>
    </message>
    <message>
        <source>Sign in as a &amp;guest, without an account</source>
        <translation>以访客身份登录，无需账号(&amp;G)</translation>
    </message>
    <message>
        <source>For a server that takes guests: its name alone is the address. You get another address each time, and nothing is kept when Balcony ends.</source>
        <translation>用于接受访客的服务器：地址只填服务器名称。每次得到不同的地址，Balcony 退出后什么也不保留。</translation>
    </message>
</context>
<context>
    <name>ui::ContactTree</name>
    <message>
        <source>Other contacts</source>
        <translation>其他联系人</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>Beside the name of a group of contacts: %1 of %2 are online.</extracomment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Group %1, %2 online</source>
        <extracomment>Spoken: %1 is a group of contacts, %2 &quot;3 of 7&quot;, how many are online.</extracomment>
        <translation>分组 %1，%2 在线</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
</context>
<context>
    <name>ui::DateJump</name>
    <message>
        <source>Go to a date</source>
        <translation>转到日期</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>There is no message in this chat yet.</source>
        <translation>此聊天中还没有消息。</translation>
    </message>
    <message>
        <source>For example 2026-11-30, 2026-11 or yesterday</source>
        <translation>例如 2026-11-30、2026-11 或 yesterday（昨天）</translation>
    </message>
</context>
<context>
    <name>ui::EmojiGrid</name>
    <message>
        <source>Emoji</source>
        <translation>表情符号</translation>
    </message>
</context>
<context>
    <name>ui::EmojiModel</name>
    <message>
        <source>Smileys &amp; Emotion</source>
        <translation>笑脸与情感</translation>
    </message>
    <message>
        <source>People &amp; Body</source>
        <translation>人物与身体</translation>
    </message>
    <message>
        <source>Animals &amp; Nature</source>
        <translation>动物与自然</translation>
    </message>
    <message>
        <source>Food &amp; Drink</source>
        <translation>食物与饮料</translation>
    </message>
    <message>
        <source>Travel &amp; Places</source>
        <translation>旅行与地点</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>旗帜</translation>
    </message>
    <message>
        <source>Used Recently</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>%1  :%2:</source>
        <extracomment>A tooltip: %1 is what an emoji is called, %2 what can be typed for it, as in &quot;:tada:&quot;.</extracomment>
        <translation>%1 :%2:</translation>
    </message>
</context>
<context>
    <name>ui::EmojiPicker</name>
    <message>
        <source>Search emoji</source>
        <translation>搜索表情符号</translation>
    </message>
    <message>
        <source>No emoji found</source>
        <translation>没有找到表情符号</translation>
    </message>
    <message>
        <source>%1  :%2:</source>
        <extracomment>Under the emoji: %1 is what one is called, %2 what can be typed for it, as in &quot;:tada:&quot;.</extracomment>
        <translation>%1 :%2:</translation>
    </message>
    <message>
        <source>Skin tone of emoji: %1</source>
        <extracomment>%1 is a skin tone, as in &quot;Medium skin tone&quot;.</extracomment>
        <translation>表情符号的肤色：%1</translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>This was stopped before it was done: %1</source>
        <translation>操作在完成前已停止：%1</translation>
    </message>
    <message>
        <source>No answer came in time: %1</source>
        <translation>未能及时收到答复：%1</translation>
    </message>
    <message>
        <source>The network failed; check your internet connection: %1</source>
        <translation>网络故障，请检查网络连接：%1</translation>
    </message>
    <message>
        <source>The connection could not be made safe, so it was ended: %1</source>
        <translation>无法确保连接安全，因此已断开：%1</translation>
    </message>
    <message>
        <source>The server refused the sign-in: %1</source>
        <translation>服务器拒绝登录：%1</translation>
    </message>
    <message>
        <source>The server ended the connection: %1</source>
        <translation>服务器断开了连接：%1</translation>
    </message>
    <message>
        <source>The other side refused: %1</source>
        <translation>对方拒绝：%1</translation>
    </message>
    <message>
        <source>The other side did not keep to the protocol: %1</source>
        <translation>对方没有遵守协议：%1</translation>
    </message>
    <message>
        <source>It could not be saved or read on this computer: %1</source>
        <translation>无法在这台电脑上保存或读取：%1</translation>
    </message>
    <message>
        <source>The password could not be kept or read: %1</source>
        <translation>无法保存或读取密码：%1</translation>
    </message>
    <message>
        <source>This does not make sense; check what you entered: %1</source>
        <translation>输入有误，请检查：%1</translation>
    </message>
    <message>
        <source>This is not supported: %1</source>
        <translation>不支持此操作：%1</translation>
    </message>
    <message>
        <source>This server does not exist; check how its name is spelled.</source>
        <translation>此服务器不存在，请检查名称拼写。</translation>
    </message>
    <message>
        <source>There is no server named %1; check how it is spelled.</source>
        <translation>没有名为 %1 的服务器，请检查拼写。</translation>
    </message>
    <message>
        <source>The server&apos;s address could not be looked up; check your internet connection and try again.</source>
        <translation>无法查询服务器的地址，请检查网络连接后重试。</translation>
    </message>
    <message>
        <source>The address of %1 could not be looked up; check your internet connection and try again.</source>
        <translation>无法查询 %1 的地址，请检查网络连接后重试。</translation>
    </message>
    <message>
        <source>This domain says that it has no chat service; check the part after the @.</source>
        <translation>此域名声明没有聊天服务，请检查 @ 后面的部分。</translation>
    </message>
    <message>
        <source>%1 says that it has no chat service; check the part of the address after the @.</source>
        <translation>%1 声明没有聊天服务，请检查地址中 @ 后面的部分。</translation>
    </message>
    <message>
        <source>The server refuses connections; it may be down, or its name or port may be wrong.</source>
        <translation>服务器拒绝连接：它可能没有运行，或者名称、端口有误。</translation>
    </message>
    <message>
        <source>%1 refuses connections; it may be down, or the server name or port may be wrong.</source>
        <translation>%1 拒绝连接：它可能没有运行，或者服务器名称、端口有误。</translation>
    </message>
    <message>
        <source>The server did not answer in time; it may be down, or a firewall may be in the way.</source>
        <translation>服务器没有及时响应：它可能没有运行，或者被防火墙阻挡。</translation>
    </message>
    <message>
        <source>%1 did not answer in time; it may be down, or a firewall may be in the way.</source>
        <translation>%1 没有及时响应：它可能没有运行，或者被防火墙阻挡。</translation>
    </message>
    <message>
        <source>The server cannot be reached; check your internet connection.</source>
        <translation>无法连接到服务器，请检查网络连接。</translation>
    </message>
    <message>
        <source>%1 cannot be reached; check your internet connection.</source>
        <translation>无法连接到 %1，请检查网络连接。</translation>
    </message>
    <message>
        <source>The proxy did not connect to the server; check the proxy&apos;s settings.</source>
        <translation>代理未能连接到服务器，请检查代理设置。</translation>
    </message>
    <message>
        <source>The proxy did not connect to %1; check the proxy&apos;s settings.</source>
        <translation>代理未能连接到 %1，请检查代理设置。</translation>
    </message>
    <message>
        <source>The connection to the server was lost; it will be tried again.</source>
        <translation>与服务器的连接已断开，将会重试。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost; it will be tried again.</source>
        <translation>与 %1 的连接已断开，将会重试。</translation>
    </message>
    <message>
        <source>The connection was cut off in the middle; it will be tried again.</source>
        <translation>连接中途被切断，将会重试。</translation>
    </message>
    <message>
        <source>The connection to %1 was cut off in the middle; it will be tried again.</source>
        <translation>与 %1 的连接中途被切断，将会重试。</translation>
    </message>
    <message>
        <source>This account is not connected; try again when it is online.</source>
        <translation>此账号未连接，请在上线后重试。</translation>
    </message>
    <message>
        <source>%1 is not connected; try again when it is online.</source>
        <translation>%1 未连接，请在上线后重试。</translation>
    </message>
    <message>
        <source>No answer came in time; try again later.</source>
        <translation>未能及时收到答复，请稍后重试。</translation>
    </message>
    <message>
        <source>%1 did not answer in time; try again later.</source>
        <translation>%1 没有及时答复，请稍后重试。</translation>
    </message>
    <message>
        <source>The server did not answer the request in time; try again later.</source>
        <translation>服务器没有及时答复请求，请稍后重试。</translation>
    </message>
    <message>
        <source>The server showed a certificate for another name, so it may be an impostor; check the address, or tell the server&apos;s operator.</source>
        <translation>服务器出示的证书属于另一个名称，可能是冒充者；请检查地址，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server showed a certificate for another name than %1, so it may be an impostor; check the address, or tell the server&apos;s operator.</source>
        <translation>服务器出示的证书不属于 %1，可能是冒充者；请检查地址，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server vouches only for itself (its certificate is self-signed), so it may be an impostor; only its operator can mend this.</source>
        <translation>服务器只为自己作保（证书是自签名的），可能是冒充者；只有其管理员才能解决。</translation>
    </message>
    <message>
        <source>The server of %1 vouches only for itself (its certificate is self-signed), so it may be an impostor; only its operator can mend this.</source>
        <translation>%1 的服务器只为自己作保（证书是自签名的），可能是冒充者；只有其管理员才能解决。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate comes from an authority that this computer does not trust; only the server&apos;s operator can mend this.</source>
        <translation>服务器的证书由这台电脑不信任的机构签发；只有服务器管理员才能解决。</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from an authority that this computer does not trust; only the server&apos;s operator can mend this.</source>
        <translation>%1 的证书由这台电脑不信任的机构签发；只有服务器管理员才能解决。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired; check this computer&apos;s date, or tell the server&apos;s operator.</source>
        <translation>服务器的证书已过期；请检查这台电脑的日期，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired; check this computer&apos;s date, or tell the server&apos;s operator.</source>
        <translation>%1 的证书已过期；请检查这台电脑的日期，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet; check this computer&apos;s date and time.</source>
        <translation>服务器的证书尚未生效；请检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet; check this computer&apos;s date and time.</source>
        <translation>%1 的证书尚未生效；请检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has been withdrawn, so nobody should trust it; tell the server&apos;s operator.</source>
        <translation>服务器的证书已被吊销，不应再信任；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate of %1 has been withdrawn, so nobody should trust it; tell the server&apos;s operator.</source>
        <translation>%1 的证书已被吊销，不应再信任；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not acceptable; tell the server&apos;s operator.</source>
        <translation>服务器的证书不合格；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not acceptable; tell the server&apos;s operator.</source>
        <translation>%1 的证书不合格；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>An encrypted connection could not be set up; check the port and the kind of encryption, or tell the server&apos;s operator.</source>
        <translation>无法建立加密连接；请检查端口和加密方式，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>An encrypted connection to %1 could not be set up; check the port and the kind of encryption, or tell the server&apos;s operator.</source>
        <translation>无法与 %1 建立加密连接；请检查端口和加密方式，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server offers no encryption, so nothing was sent to it; tell the server&apos;s operator.</source>
        <translation>服务器不提供加密，因此没有向它发送任何内容；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>%1 offers no encryption, so nothing was sent to it; tell the server&apos;s operator.</source>
        <translation>%1 不提供加密，因此没有向它发送任何内容；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server offered encryption and then refused it; try again later.</source>
        <translation>服务器声称支持加密却又拒绝，请稍后重试。</translation>
    </message>
    <message>
        <source>%1 offered encryption and then refused it; try again later.</source>
        <translation>%1 声称支持加密却又拒绝，请稍后重试。</translation>
    </message>
    <message>
        <source>Somebody on the way may have tampered with the connection; it was ended, and will be tried again on a network you trust.</source>
        <translation>途中可能有人篡改了连接，因此已断开；请在你信任的网络上重试。</translation>
    </message>
    <message>
        <source>The sign-in cannot be tied to this encrypted connection; tell the server&apos;s operator.</source>
        <translation>登录无法与此加密连接绑定；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The address or the password is wrong; check both and try again.</source>
        <translation>地址或密码不正确，请检查后重试。</translation>
    </message>
    <message>
        <source>The password for %1 is wrong, or there is no such account; check both and try again.</source>
        <translation>%1 的密码不正确，或此账号不存在；请检查后重试。</translation>
    </message>
    <message>
        <source>The password of this account is needed; please enter it.</source>
        <translation>需要此账号的密码，请输入。</translation>
    </message>
    <message>
        <source>The password of %1 is needed; please enter it.</source>
        <translation>需要 %1 的密码，请输入。</translation>
    </message>
    <message>
        <source>The password has expired; set a new one with your server&apos;s operator, then enter it here.</source>
        <translation>密码已过期；请通过服务器管理员设置新密码，然后在此输入。</translation>
    </message>
    <message>
        <source>The password of %1 has expired; set a new one with your server&apos;s operator, then enter it here.</source>
        <translation>%1 的密码已过期；请通过服务器管理员设置新密码，然后在此输入。</translation>
    </message>
    <message>
        <source>The password contains characters that XMPP does not allow; check it and type it again.</source>
        <translation>密码含有 XMPP 不允许的字符，请检查后重新输入。</translation>
    </message>
    <message>
        <source>The file that holds the password cannot be read; check that it exists and that you may read it.</source>
        <translation>无法读取保存密码的文件；请检查文件是否存在，以及你是否有读取权限。</translation>
    </message>
    <message>
        <source>The account has been disabled; ask the server&apos;s operator.</source>
        <translation>此账号已被停用，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The account %1 has been disabled; ask the server&apos;s operator.</source>
        <translation>账号 %1 已被停用，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server cannot check passwords right now; it will be tried again later.</source>
        <translation>服务器暂时无法验证密码，稍后将会重试。</translation>
    </message>
    <message>
        <source>The server wants the password in readable form, which this account does not allow; you can allow it under connection options if you trust the server.</source>
        <translation>服务器要求以明文形式发送密码，而此账号不允许；如果你信任该服务器，可以在连接选项中允许。</translation>
    </message>
    <message>
        <source>The server offers no way to sign in that Balcony supports; ask the server&apos;s operator.</source>
        <translation>服务器没有提供 Balcony 支持的登录方式，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server demands a stronger way to sign in than it offered; ask the server&apos;s operator.</source>
        <translation>服务器要求的登录方式比它提供的更强，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server refused the way to sign in that it had offered; ask the server&apos;s operator.</source>
        <translation>服务器拒绝了它自己提供的登录方式，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server demands encryption before the sign-in and did not recognise it; ask the server&apos;s operator.</source>
        <translation>服务器要求登录前先加密，却没有识别出已有的加密；请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server does not let you sign in under this address; check it.</source>
        <translation>服务器不允许你用此地址登录，请检查地址。</translation>
    </message>
    <message>
        <source>The server could not read the sign-in data; try again, or ask the server&apos;s operator.</source>
        <translation>服务器无法读取登录数据；请重试，或联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server did not understand the sign-in; try again, or ask the server&apos;s operator.</source>
        <translation>服务器无法理解登录请求；请重试，或联系服务器管理员。</translation>
    </message>
    <message>
        <source>The sign-in was broken off; try again.</source>
        <translation>登录已中断，请重试。</translation>
    </message>
    <message>
        <source>The server&apos;s sign-in data makes no sense, so the password was not used; ask the server&apos;s operator.</source>
        <translation>服务器的登录数据无法理解，因此没有使用密码；请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server&apos;s answer belongs to another sign-in, as if somebody replayed it; the password was not used.</source>
        <translation>服务器的答复属于另一次登录，像是有人在重放；没有使用密码。</translation>
    </message>
    <message>
        <source>The server protects passwords too weakly, so nothing was sent; ask its operator to raise the SCRAM iterations.</source>
        <translation>服务器对密码的保护太弱，因此没有发送任何内容；请让其管理员提高 SCRAM 迭代次数。</translation>
    </message>
    <message>
        <source>The server demands an unreasonable amount of computing for a sign-in, so it was broken off; ask its operator.</source>
        <translation>服务器要求的登录计算量不合理，因此已中断；请联系其管理员。</translation>
    </message>
    <message>
        <source>The server did not prove that it knows this account, so it may be an impostor; the connection was ended.</source>
        <translation>服务器未能证明它认识此账号，可能是冒充者；连接已断开。</translation>
    </message>
    <message>
        <source>The server did not prove that it knows %1, so it may be an impostor; the connection was ended.</source>
        <translation>服务器未能证明它认识 %1，可能是冒充者；连接已断开。</translation>
    </message>
    <message>
        <source>The server signed you in under another address than yours, so the connection was ended; ask its operator.</source>
        <translation>服务器让你以别的地址登录，因此连接已断开；请联系其管理员。</translation>
    </message>
    <message>
        <source>The server signed you in under another address than %1, so the connection was ended; ask its operator.</source>
        <translation>服务器让你登录的地址不是 %1，因此连接已断开；请联系其管理员。</translation>
    </message>
    <message>
        <source>Another program signed in to this account in the same place and took over; connect again to take it back.</source>
        <translation>另一个程序以相同的身份登录了此账号并取代了这里；重新连接即可收回。</translation>
    </message>
    <message>
        <source>Another program signed in to %1 in the same place and took over; connect again to take it back.</source>
        <translation>另一个程序以相同的身份登录了 %1 并取代了这里；重新连接即可收回。</translation>
    </message>
    <message>
        <source>The server does not serve this domain; check the address and the server name.</source>
        <translation>服务器不为此域名提供服务；请检查地址和服务器名称。</translation>
    </message>
    <message>
        <source>The server does not serve %1; check the address and the server name.</source>
        <translation>服务器不为 %1 提供服务；请检查地址和服务器名称。</translation>
    </message>
    <message>
        <source>The server no longer serves this domain; ask its operator where it went.</source>
        <translation>服务器不再为此域名提供服务；请向其管理员询问去向。</translation>
    </message>
    <message>
        <source>The server no longer serves %1; ask its operator where it went.</source>
        <translation>服务器不再为 %1 提供服务；请向其管理员询问去向。</translation>
    </message>
    <message>
        <source>The server sends you to another server; ask its operator for the right server name.</source>
        <translation>服务器让你改用另一台服务器；请向其管理员询问正确的服务器名称。</translation>
    </message>
    <message>
        <source>The server is shutting down; it will be tried again.</source>
        <translation>服务器正在关闭，将会重试。</translation>
    </message>
    <message>
        <source>The server asks for a fresh connection; it will be tried again.</source>
        <translation>服务器要求重新连接，将会重试。</translation>
    </message>
    <message>
        <source>The server heard nothing for too long and closed the connection; it will be tried again.</source>
        <translation>服务器太久没有收到消息，因此关闭了连接；将会重试。</translation>
    </message>
    <message>
        <source>The server is too busy right now; it will be tried again later.</source>
        <translation>服务器现在太忙，稍后将会重试。</translation>
    </message>
    <message>
        <source>The server closed the connection because one of its rules was broken; ask its operator which.</source>
        <translation>因为违反了服务器的规则，连接已被关闭；请向其管理员询问详情。</translation>
    </message>
    <message>
        <source>The server closed the connection because the sign-in was not complete; try again.</source>
        <translation>因为登录没有完成，服务器关闭了连接；请重试。</translation>
    </message>
    <message>
        <source>The server has an internal fault; it will be tried again later.</source>
        <translation>服务器出现内部故障，稍后将会重试。</translation>
    </message>
    <message>
        <source>The server could not reach another server that it depends on; it will be tried again later.</source>
        <translation>服务器无法连接到它所依赖的另一台服务器，稍后将会重试。</translation>
    </message>
    <message>
        <source>The server closed the connection without giving a reason; it will be tried again.</source>
        <translation>服务器关闭了连接，没有说明原因；将会重试。</translation>
    </message>
    <message>
        <source>The two sides do not understand each other&apos;s XML; tell the server&apos;s operator.</source>
        <translation>双方无法理解彼此的 XML；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>A name in the stream has an unknown namespace; tell the server&apos;s operator.</source>
        <translation>数据流中有名称使用了未知的命名空间；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>A message had no valid address for the server; try again.</source>
        <translation>有一条消息缺少服务器认可的地址，请重试。</translation>
    </message>
    <message>
        <source>An address in the stream does not belong to this connection, so it was ended; tell the server&apos;s operator.</source>
        <translation>数据流中的地址不属于此连接，因此已断开；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>What answered is not a chat server for people; check the server name and the port.</source>
        <translation>应答的不是供用户使用的聊天服务器；请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>What answered does not speak XMPP; check the server name and the port.</source>
        <translation>应答的一方不使用 XMPP；请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>What came over the connection is not well-formed XML, so it was ended; check the server name and the port.</source>
        <translation>收到的内容不是格式正确的 XML，因此已断开；请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>The stream used XML that XMPP forbids, so it was ended; tell the server&apos;s operator.</source>
        <translation>数据流使用了 XMPP 禁止的 XML，因此已断开；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The stream is not in UTF-8, so it was ended; tell the server&apos;s operator.</source>
        <translation>数据流不是 UTF-8 编码，因此已断开；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server demands a feature that Balcony does not have; ask its operator.</source>
        <translation>服务器要求 Balcony 没有的功能，请联系其管理员。</translation>
    </message>
    <message>
        <source>The stream held something that does not belong there, so it was ended; tell the server&apos;s operator.</source>
        <translation>数据流中有不该出现的内容，因此已断开；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server speaks an XMPP version that is too old; ask its operator to update it.</source>
        <translation>服务器使用的 XMPP 版本太旧；请让其管理员更新。</translation>
    </message>
    <message>
        <source>The server sent more than is reasonable, so the connection was ended to protect this computer.</source>
        <translation>服务器发送的内容超出合理范围，为保护这台电脑，连接已断开。</translation>
    </message>
    <message>
        <source>The other side did not understand the request; its program may be too old or faulty.</source>
        <translation>对方无法理解请求，其程序可能太旧或有缺陷。</translation>
    </message>
    <message>
        <source>This name is taken already; choose another one.</source>
        <translation>此名称已被占用，请换一个。</translation>
    </message>
    <message>
        <source>The other side does not support this.</source>
        <translation>对方不支持此操作。</translation>
    </message>
    <message>
        <source>%1 does not support this.</source>
        <translation>%1 不支持此操作。</translation>
    </message>
    <message>
        <source>You are not allowed to do this; ask the owner or the server&apos;s operator.</source>
        <translation>你无权执行此操作；请联系所有者或服务器管理员。</translation>
    </message>
    <message>
        <source>This address is no longer in use; ask for the new one.</source>
        <translation>此地址已不再使用，请询问新的地址。</translation>
    </message>
    <message>
        <source>%1 is no longer in use; ask for the new address.</source>
        <translation>%1 已不再使用，请询问新的地址。</translation>
    </message>
    <message>
        <source>The server could not do this because of an internal fault; try again later.</source>
        <translation>服务器因内部故障无法完成，请稍后重试。</translation>
    </message>
    <message>
        <source>The other side does not have what was asked for; check the address.</source>
        <translation>对方没有所请求的内容，请检查地址。</translation>
    </message>
    <message>
        <source>%1 was not found; check how it is spelled.</source>
        <translation>没有找到 %1，请检查拼写。</translation>
    </message>
    <message>
        <source>The other side does not accept this; change it and try again.</source>
        <translation>对方不接受此内容，请修改后重试。</translation>
    </message>
    <message>
        <source>The server does not allow this to anyone; ask its operator.</source>
        <translation>服务器不允许任何人这样做，请联系其管理员。</translation>
    </message>
    <message>
        <source>You must sign in or give a password before you can do this.</source>
        <translation>你必须先登录或提供密码才能这样做。</translation>
    </message>
    <message>
        <source>This breaks a rule of the server; it may be too long, too often or unwanted.</source>
        <translation>这违反了服务器的规则：可能太长、太频繁或不受欢迎。</translation>
    </message>
    <message>
        <source>They cannot be reached right now; try again later.</source>
        <translation>暂时无法联系到对方，请稍后重试。</translation>
    </message>
    <message>
        <source>%1 cannot be reached right now; try again later.</source>
        <translation>暂时无法联系到 %1，请稍后重试。</translation>
    </message>
    <message>
        <source>This has moved to another address; ask for the new one.</source>
        <translation>已迁移到另一个地址，请询问新的地址。</translation>
    </message>
    <message>
        <source>%1 has moved to another address; ask for the new one.</source>
        <translation>%1 已迁移到另一个地址，请询问新的地址。</translation>
    </message>
    <message>
        <source>Only registered members can do this; register first.</source>
        <translation>只有注册成员才能这样做，请先注册。</translation>
    </message>
    <message>
        <source>The other server does not exist or cannot be found; check the part of the address after the @.</source>
        <translation>对方的服务器不存在或无法找到；请检查地址中 @ 后面的部分。</translation>
    </message>
    <message>
        <source>The server of %1 cannot be found; check the part of the address after the @.</source>
        <translation>找不到 %1 的服务器；请检查地址中 @ 后面的部分。</translation>
    </message>
    <message>
        <source>The other server did not answer in time; try again later.</source>
        <translation>对方的服务器没有及时响应，请稍后重试。</translation>
    </message>
    <message>
        <source>The server of %1 did not answer in time; try again later.</source>
        <translation>%1 的服务器没有及时响应，请稍后重试。</translation>
    </message>
    <message>
        <source>The other side has no room or is too busy; try again later.</source>
        <translation>对方没有空间或太忙，请稍后重试。</translation>
    </message>
    <message>
        <source>They cannot receive this: the address may not exist, or its owner allows no strangers.</source>
        <translation>对方无法收到：地址可能不存在，或其主人不接受陌生人。</translation>
    </message>
    <message>
        <source>%1 cannot receive this: the address may not exist, or its owner allows no strangers.</source>
        <translation>%1 无法收到：地址可能不存在，或其主人不接受陌生人。</translation>
    </message>
    <message>
        <source>They must first accept you as a contact.</source>
        <translation>对方必须先接受你为联系人。</translation>
    </message>
    <message>
        <source>%1 must first accept you as a contact.</source>
        <translation>%1 必须先接受你为联系人。</translation>
    </message>
    <message>
        <source>The other side refused without giving a reason.</source>
        <translation>对方拒绝了，没有说明原因。</translation>
    </message>
    <message>
        <source>The other side did not expect this now; try again.</source>
        <translation>对方此时没有预料到此请求，请重试。</translation>
    </message>
    <message>
        <source>The disk is full, so nothing could be saved; make room and try again.</source>
        <translation>磁盘已满，无法保存；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The profile folder cannot be written; check its permissions, or choose another profile.</source>
        <translation>无法写入配置文件夹；请检查其权限，或选择其他配置。</translation>
    </message>
    <message>
        <source>The database of this profile is damaged; it is repaired at the next start, so please start Balcony again.</source>
        <translation>此配置的数据库已损坏；下次启动时会修复，请重新启动 Balcony。</translation>
    </message>
    <message>
        <source>Another program is using the database of this profile; close it and try again.</source>
        <translation>另一个程序正在使用此配置的数据库；请关闭它后重试。</translation>
    </message>
    <message>
        <source>This profile was last used by a newer version of Balcony; use that version, or choose another profile.</source>
        <translation>此配置上次由更新版本的 Balcony 使用；请使用该版本，或选择其他配置。</translation>
    </message>
    <message>
        <source>This profile comes from an older version and can only be updated where it can be written; check the folder&apos;s permissions.</source>
        <translation>此配置来自旧版本，只有可写入时才能更新；请检查文件夹的权限。</translation>
    </message>
    <message>
        <source>The file in the place of the database belongs to another program; choose another profile folder.</source>
        <translation>数据库位置上的文件属于另一个程序；请选择其他配置文件夹。</translation>
    </message>
    <message>
        <source>Balcony is already running with this profile; use that window, or choose another profile.</source>
        <translation>Balcony 已在使用此配置运行；请使用那个窗口，或选择其他配置。</translation>
    </message>
    <message>
        <source>It could not be saved because the disk gave an error; check the disk and try again.</source>
        <translation>磁盘出错，无法保存；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The password could not be saved in the profile folder; check that the folder can be written.</source>
        <translation>无法将密码保存到配置文件夹；请检查该文件夹是否可写。</translation>
    </message>
    <message>
        <source>Balcony is closing, so nothing can be saved any more; start it again.</source>
        <translation>Balcony 正在关闭，无法再保存；请重新启动。</translation>
    </message>
    <message>
        <source>The database is open already; please start Balcony again.</source>
        <translation>数据库已经打开；请重新启动 Balcony。</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>搜索已停止。</translation>
    </message>
    <message>
        <source>No password is stored for this account; please enter it.</source>
        <translation>没有保存此账号的密码，请输入。</translation>
    </message>
    <message>
        <source>This computer&apos;s keychain did not hand out the password; unlock it, or enter the password here.</source>
        <translation>这台电脑的密钥环没有提供密码；请解锁密钥环，或在此输入密码。</translation>
    </message>
    <message>
        <source>This computer has no keychain that can be used; choose another way to keep the password.</source>
        <translation>这台电脑没有可用的密钥环；请选择其他方式保存密码。</translation>
    </message>
    <message>
        <source>This installation lacks a part needed for encryption; please install Balcony again.</source>
        <translation>此安装缺少加密所需的组件；请重新安装 Balcony。</translation>
    </message>
    <message>
        <source>An encryption key has the wrong size, so it was not used.</source>
        <translation>有一个加密密钥长度不对，因此没有使用。</translation>
    </message>
    <message>
        <source>Encrypted data was changed on its way, so it was not opened; ask for it to be sent again.</source>
        <translation>加密数据在途中被改动，因此没有打开；请让对方重新发送。</translation>
    </message>
    <message>
        <source>This is not a valid address; it should look like name@example.org.</source>
        <translation>这不是有效的地址；正确的形式如 name@example.org。</translation>
    </message>
    <message>
        <source>%1 is not a valid address; it should look like name@example.org.</source>
        <translation>%1 不是有效的地址；正确的形式如 name@example.org。</translation>
    </message>
    <message>
        <source>This account has been added already.</source>
        <translation>此账号已经添加过了。</translation>
    </message>
    <message>
        <source>The account %1 has been added already.</source>
        <translation>账号 %1 已经添加过了。</translation>
    </message>
    <message>
        <source>There is no such account here; it may have been removed.</source>
        <translation>这里没有此账号，它可能已被移除。</translation>
    </message>
    <message>
        <source>There is no account %1 here; it may have been removed.</source>
        <translation>这里没有账号 %1，它可能已被移除。</translation>
    </message>
    <message>
        <source>There are several accounts, so it must be said which one is meant.</source>
        <translation>有多个账号，必须说明指的是哪一个。</translation>
    </message>
    <message>
        <source>They are not in your contact list; they may have been removed.</source>
        <translation>对方不在你的联系人列表中，可能已被移除。</translation>
    </message>
    <message>
        <source>%1 is not in your contact list; it may have been removed.</source>
        <translation>%1 不在你的联系人列表中，可能已被移除。</translation>
    </message>
    <message>
        <source>This is your own address; enter the address of somebody else.</source>
        <translation>这是你自己的地址；请输入别人的地址。</translation>
    </message>
    <message>
        <source>There is no such chat; it may have been closed.</source>
        <translation>没有此聊天，它可能已被关闭。</translation>
    </message>
    <message>
        <source>This chat no longer exists, so nothing could be saved in it.</source>
        <translation>此聊天已不存在，无法在其中保存内容。</translation>
    </message>
    <message>
        <source>This chat holds as many messages as it can; start a new profile for more.</source>
        <translation>此聊天的消息数量已达上限；如需更多，请新建配置。</translation>
    </message>
    <message>
        <source>This profile holds as many chats as it can; remove some first.</source>
        <translation>此配置的聊天数量已达上限；请先移除一些。</translation>
    </message>
    <message>
        <source>This message no longer exists; it may have been deleted.</source>
        <translation>此消息已不存在，可能已被删除。</translation>
    </message>
    <message>
        <source>There is nothing to send; write something first.</source>
        <translation>没有可发送的内容，请先写点什么。</translation>
    </message>
    <message>
        <source>The message is too long to be sent; shorten it, or send it in parts.</source>
        <translation>消息太长，无法发送；请缩短或分段发送。</translation>
    </message>
    <message>
        <source>This message was sent already; write a new one.</source>
        <translation>此消息已经发送过了，请重新写一条。</translation>
    </message>
    <message>
        <source>The name that was asked for is too long; shorten it.</source>
        <translation>请求的名称太长，请缩短。</translation>
    </message>
    <message>
        <source>A field of the command has a value that makes no sense; see the manual.</source>
        <translation>命令中有字段的值无效，请参阅手册。</translation>
    </message>
    <message>
        <source>The command is not valid JSON; see the manual.</source>
        <translation>命令不是有效的 JSON，请参阅手册。</translation>
    </message>
    <message>
        <source>There is no such command; see the manual.</source>
        <translation>没有此命令，请参阅手册。</translation>
    </message>
    <message>
        <source>This version of Balcony cannot do this yet.</source>
        <translation>此版本的 Balcony 还不能这样做。</translation>
    </message>
    <message>
        <source>The connection was closed as asked.</source>
        <translation>已按要求关闭连接。</translation>
    </message>
    <message>
        <source>The server offers a weaker way to sign in than before, as if somebody had tampered with it; the password was not used, ask the server&apos;s operator.</source>
        <translation>服务器提供的登录方式比以前更弱，像是被人篡改过；没有使用密码，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The history was damaged, and it is not known whether this message was sent; look, then send it again.</source>
        <translation>聊天记录曾损坏，无法确定此消息是否已发送；请查看后再重新发送。</translation>
    </message>
    <message>
        <source>The server broke off the connection each time this message was sent, so it was given up; change it.</source>
        <translation>每次发送此消息时服务器都会断开连接，因此已放弃发送；请修改消息。</translation>
    </message>
    <message>
        <source>This message is on its way or has arrived, so it cannot be taken back.</source>
        <translation>此消息已在途中或已送达，无法撤回。</translation>
    </message>
    <message>
        <source>The text contains characters that are not allowed here; change it and try again.</source>
        <translation>文字中含有此处不允许的字符，请修改后重试。</translation>
    </message>
    <message>
        <source>The command is longer than a line may be; see the manual.</source>
        <translation>命令超出了一行允许的长度，请参阅手册。</translation>
    </message>
    <message>
        <source>This Balcony runs without a window; start the one with a window for this.</source>
        <translation>此 Balcony 没有窗口；请启动带窗口的版本来执行此操作。</translation>
    </message>
    <message>
        <source>Somebody between you and the server changed what it offers, so the password was not used; do not sign in from this network, and tell the server&apos;s operator.</source>
        <translation>你和服务器之间有人更改了服务器提供的登录方式，因此密码没有被使用；请不要从这个网络登录，并告知服务器的运营者。</translation>
    </message>
    <message>
        <source>The proxy cannot be reached; check that it runs, and the proxy&apos;s settings of this account.</source>
        <translation>无法连接代理；请检查它是否在运行，以及此账号的代理设置。</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 cannot be reached; check that it runs, and the proxy&apos;s settings of this account.</source>
        <translation>无法连接通往 %1 的代理；请检查它是否在运行，以及此账号的代理设置。</translation>
    </message>
    <message>
        <source>The proxy wants another user name or password; check the proxy&apos;s settings of this account.</source>
        <translation>代理要求其他用户名或密码；请检查此账号的代理设置。</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 wants another user name or password; check the proxy&apos;s settings of this account.</source>
        <translation>通往 %1 的代理要求其他用户名或密码；请检查此账号的代理设置。</translation>
    </message>
    <message>
        <source>This is no proxy; enter none, system, socks5://HOST:PORT or http://HOST:PORT.</source>
        <translation>这不是代理；请输入 none、system、socks5://HOST:PORT 或 http://HOST:PORT。</translation>
    </message>
    <message>
        <source>The server wants something beside the password that Balcony does not support; ask the server&apos;s operator.</source>
        <translation>除密码之外，服务器还要求 Balcony 不支持的东西；请询问服务器的运营者。</translation>
    </message>
    <message>
        <source>There is no question about the sign-in of this account.</source>
        <translation>此账号目前没有关于登录的询问。</translation>
    </message>
    <message>
        <source>The server showed a certificate for %1, issued by %2 on %3, and not for the domain of this account, so it may be an impostor; check the address, or tell the server&apos;s operator.</source>
        <translation>服务器出示的证书属于 %1（由 %2 于 %3 签发），而不属于此账号的域名，可能是冒充者；请检查地址，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The server vouches only for itself: its certificate for %1 of %3 is signed by nobody else, so it may be an impostor; only its operator can mend this.</source>
        <translation>服务器只为自己作保：它于 %3 为 %1 签发的证书没有他人签名，可能是冒充者；只有其管理员才能解决。</translation>
    </message>
    <message>
        <source>The certificate for %1 was issued on %3 by %2, which this computer does not trust; only the server&apos;s operator can mend this.</source>
        <translation>%1 的证书由 %2 于 %3 签发，而这台电脑不信任该机构；只有服务器管理员才能解决。</translation>
    </message>
    <message>
        <source>The certificate for %1, issued by %2, expired on %3; check this computer&apos;s date, or tell the server&apos;s operator.</source>
        <translation>%1 的证书（由 %2 签发）已于 %3 过期；请检查这台电脑的日期，或告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate for %1, issued by %2, is not valid before %3; check this computer&apos;s date and time.</source>
        <translation>%1 的证书（由 %2 签发）在 %3 之前尚未生效；请检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>The certificate for %1 was withdrawn by %2 on %3, so nobody should trust it; tell the server&apos;s operator.</source>
        <translation>%1 的证书已于 %3 被 %2 吊销，不应再信任；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate for %1, issued by %2 on %3, is not acceptable; tell the server&apos;s operator.</source>
        <translation>%1 的证书（由 %2 于 %3 签发）不可接受；请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate file of this account cannot be read; check that it exists and that you may read it, or choose another one in the connection settings.</source>
        <translation>无法读取此账号的证书文件；请确认它存在且你有权读取，或在连接设置中另选一个。</translation>
    </message>
    <message>
        <source>The certificate file of this account needs its passphrase, or another one than this; please enter it.</source>
        <translation>此账号的证书文件需要口令，或者口令不对；请输入。</translation>
    </message>
    <message>
        <source>The certificate file of %1 needs its passphrase, or another one than this; please enter it.</source>
        <translation>%1 的证书文件需要口令，或者口令不对；请输入。</translation>
    </message>
    <message>
        <source>The certificate file of this account has no usable certificate with its key; choose a PEM or PKCS#12 file that has both.</source>
        <translation>此账号的证书文件中没有可用的证书及其私钥；请选择两者都有的 PEM 或 PKCS#12 文件。</translation>
    </message>
    <message>
        <source>Your certificate for this account has expired; get a new one and choose its file in the connection settings.</source>
        <translation>你用于此账号的证书已过期；请获取新证书，并在连接设置中选择其文件。</translation>
    </message>
    <message>
        <source>Your certificate for %1, issued by %2, expired on %3; get a new one and choose its file in the connection settings.</source>
        <translation>你用于 %1 的证书（由 %2 签发）已于 %3 过期；请获取新证书，并在连接设置中选择其文件。</translation>
    </message>
    <message>
        <source>Your certificate for this account is not valid yet; check this computer&apos;s date and time.</source>
        <translation>你用于此账号的证书尚未生效；请检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>Your certificate for %1, issued by %2, is not valid before %3; check this computer&apos;s date and time.</source>
        <translation>你用于 %1 的证书（由 %2 签发）在 %3 之前尚未生效；请检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>The server does not accept your certificate for this account; ask its operator which one it takes.</source>
        <translation>服务器不接受你用于此账号的证书；请向其管理员询问接受哪种证书。</translation>
    </message>
    <message>
        <source>The server does not accept your certificate for %1; ask its operator which one it takes.</source>
        <translation>服务器不接受你用于 %1 的证书；请向其管理员询问接受哪种证书。</translation>
    </message>
    <message>
        <source>The server does not let anybody sign in by a certificate here; use a password, or ask its operator.</source>
        <translation>服务器不允许在此用证书登录；请使用密码，或询问其管理员。</translation>
    </message>
    <message>
        <source>This server takes no guests; sign in with an account of yours.</source>
        <translation>此服务器不接受访客；请用你的账号登录。</translation>
    </message>
    <message>
        <source>%1 takes no guests; sign in with an account of yours.</source>
        <translation>%1 不接受访客；请用你的账号登录。</translation>
    </message>
    <message>
        <source>The server&apos;s token cannot be used on this connection.</source>
        <translation>服务器的令牌不能用于此连接。</translation>
    </message>
    <message>
        <source>What the server offers to sign in by contradicts itself: it is set up wrongly, or somebody in between took a part of it away; the password was not used, ask the server&apos;s operator.</source>
        <translation>服务器提供的登录方式自相矛盾：要么是服务器配置有误，要么是有人在中途去掉了其中一部分；密码没有被使用，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>This computer has no network; check its cable, Wi-Fi or mobile connection.</source>
        <translation>此计算机没有网络，请检查网线、Wi-Fi 或移动网络。</translation>
    </message>
    <message>
        <source>This network does not let you through to the server yet: open a web browser and sign in to the network there; if it asks for nothing, check the server name and the port.</source>
        <translation>当前网络还不允许访问服务器：请打开浏览器登录此网络；如果浏览器中没有登录页面，请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>This network does not let you through to %1 yet: open a web browser and sign in to the network there; if it asks for nothing, check the server name and the port.</source>
        <translation>当前网络还不允许访问 %1：请打开浏览器登录此网络；如果浏览器中没有登录页面，请检查服务器名称和端口。</translation>
    </message>
    <message>
        <source>Somebody else answers in the server&apos;s place, with a certificate for %1, issued by %2 on %3: this network probably wants you to sign in to it first, so open a web browser and do that.</source>
        <translation>代替服务器应答的是别的主机，其证书属于 %1，由 %2 于 %3 颁发：当前网络可能要求先登录，请打开浏览器登录此网络。</translation>
    </message>
    <message>
        <source>A message ended Balcony twice. It was set aside as it came and is not shown.</source>
        <translation>有一条消息两次导致 Balcony 意外退出，已按原样另存，不予显示。</translation>
    </message>
    <message>
        <source>Only who wrote a message can change it or take it back.</source>
        <translation>只有写消息的人才能更改或撤回它。</translation>
    </message>
    <message>
        <source>This message is not sent yet; once it is, it can be changed.</source>
        <translation>此消息尚未发出；发出后即可更改。</translation>
    </message>
    <message>
        <source>This message was deleted by its author.</source>
        <translation>此消息已被作者删除。</translation>
    </message>
    <message>
        <source>This message came from a program that does not number its messages, so nothing can refer to it.</source>
        <translation>此消息来自一个不给消息编号的程序，因此无法引用它。</translation>
    </message>
    <message>
        <source>There are too many reactions of yours on this message; take one off first.</source>
        <translation>你对此消息的回应过多；请先取消一个。</translation>
    </message>
    <message>
        <source>A reaction is a single sign, such as an emoji.</source>
        <translation>回应应为单个符号，例如一个表情。</translation>
    </message>
    <message>
        <source>The transfer stopped because nothing moved for a minute; try again.</source>
        <translation>传输已停止，因为一分钟内没有任何进展；请重试。</translation>
    </message>
    <message>
        <source>The web server that holds the files does not work at the moment; try again later.</source>
        <translation>存放文件的网页服务器目前无法工作；请稍后重试。</translation>
    </message>
    <message>
        <source>This file is larger than the server allows; send a smaller one.</source>
        <translation>此文件超过了服务器允许的大小；请发送较小的文件。</translation>
    </message>
    <message>
        <source>The web server refused this file; it may allow it to others only.</source>
        <translation>网页服务器拒绝了此文件；它可能只对其他人开放。</translation>
    </message>
    <message>
        <source>The web server does not have this file any more; ask for it to be sent again.</source>
        <translation>网页服务器上已没有此文件；请让对方重新发送。</translation>
    </message>
    <message>
        <source>What was downloaded is not the file that was sent, so it was thrown away; try again.</source>
        <translation>下载的内容与所发送的文件不符，已被丢弃；请重试。</translation>
    </message>
    <message>
        <source>Your server has no service for sending files; ask those who run it.</source>
        <translation>你的服务器没有发送文件的服务；请询问服务器管理员。</translation>
    </message>
    <message>
        <source>This file cannot be read; check that it is still there and that you may read it.</source>
        <translation>无法读取此文件；请检查它是否还在，以及你是否有权读取。</translation>
    </message>
    <message>
        <source>There is no such file; it may have been moved, or it is a folder.</source>
        <translation>没有这个文件；它可能已被移走，或者是一个文件夹。</translation>
    </message>
    <message>
        <source>This file is empty, so there is nothing to send.</source>
        <translation>此文件是空的，没有内容可发送。</translation>
    </message>
    <message>
        <source>The file was changed while it was being sent; send it again.</source>
        <translation>文件在发送过程中被更改；请重新发送。</translation>
    </message>
    <message>
        <source>This file is no longer here; its message may have been deleted.</source>
        <translation>此文件已不在；它所属的消息可能已被删除。</translation>
    </message>
    <message>
        <source>This file is on this computer already.</source>
        <translation>此文件已在这台计算机上。</translation>
    </message>
    <message>
        <source>The file is not offered over an encrypted connection (https), so it is not downloaded.</source>
        <translation>该文件未通过加密连接（https）提供，因此不会下载。</translation>
    </message>
    <message>
        <source>The file is said to be inside your own network, from where nothing is downloaded by itself.</source>
        <translation>该文件据称位于你自己的网络中，不会自动从那里下载任何内容。</translation>
    </message>
    <message>
        <source>This is no picture of a type that can be shown here.</source>
        <translation>这不是此处能显示的图片类型。</translation>
    </message>
    <message>
        <source>This picture is damaged; ask for it to be sent again.</source>
        <translation>此图片已损坏，请让对方重新发送。</translation>
    </message>
    <message>
        <source>This picture is too large to be shown.</source>
        <translation>此图片太大，无法显示。</translation>
    </message>
    <message>
        <source>This picture cannot be shown; it may be damaged.</source>
        <translation>无法显示此图片，它可能已损坏。</translation>
    </message>
    <message>
        <source>The part of Balcony that shows pictures is missing; please install Balcony again.</source>
        <translation>缺少 Balcony 用于显示图片的组件，请重新安装 Balcony。</translation>
    </message>
    <message>
        <source>Too many pictures are waiting to be shown; try again in a moment.</source>
        <translation>等待显示的图片太多，请稍后再试。</translation>
    </message>
    <message>
        <source>The place and other notes in this picture cannot be taken out, so it is not sent; save it in another format first.</source>
        <translation>无法去除此图片中的位置等信息，因此没有发送；请先将它另存为其他格式。</translation>
    </message>
    <message>
        <source>No program on this computer opens this kind of file.</source>
        <translation>此计算机上没有可打开这类文件的程序。</translation>
    </message>
    <message>
        <source>They have no picture.</source>
        <translation>对方没有头像。</translation>
    </message>
    <message>
        <source>%1 has no picture.</source>
        <translation>%1 没有头像。</translation>
    </message>
    <message>
        <source>What came is not the picture that was promised, so it is not shown.</source>
        <translation>收到的不是所声明的图片，因此没有显示。</translation>
    </message>
    <message>
        <source>Too many pictures were asked for; they are tried again later.</source>
        <translation>请求的图片太多，稍后会重试。</translation>
    </message>
</context>
<context>
    <name>ui::ExportDialog</name>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export a chat</source>
        <translation>导出聊天</translation>
    </message>
    <message>
        <source>Export the chat with %1</source>
        <translation>导出与 %1 的聊天</translation>
    </message>
    <message>
        <source>A &amp;page to read in a browser (HTML)</source>
        <translation>可在浏览器中阅读的网页 (HTML)(&amp;P)</translation>
    </message>
    <message>
        <source>Plain &amp;text</source>
        <translation>纯文本(&amp;T)</translation>
    </message>
    <message>
        <source>All that is known, for &amp;other programs (JSON)</source>
        <translation>全部信息，供其他程序使用 (JSON)(&amp;O)</translation>
    </message>
    <message>
        <source>The file is not protected: whoever can open it can read the chat. Files of the chat are named in it, and not part of it.</source>
        <translation>该文件不受保护：能打开它的人都能阅读聊天。聊天中的文件只在其中列出名称，不包含在内。</translation>
    </message>
    <message>
        <source>How much of the chat is written</source>
        <translation>聊天导出进度</translation>
    </message>
    <message>
        <source>Chat with %1, %2</source>
        <extracomment>The name of a file: %1 is a name, %2 a date as in 2026-11-30.</extracomment>
        <translation>与 %1 的聊天，%2</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were written to %1.</source>
        <extracomment>%1 is the path of a file.</extracomment>
        <translation>
            <numerusform>已将 %n 条消息写入 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Chat with %1</source>
        <translation>与 %1 的聊天</translation>
    </message>
    <message>
        <source>Exported on %1</source>
        <translation>导出于 %1</translation>
    </message>
    <message>
        <source>edited</source>
        <extracomment>Beside a message in an exported chat.</extracomment>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Before, since %1: %2</source>
        <extracomment>An earlier text of an edited message: %1 is a time, %2 the text.</extracomment>
        <translation>此前(自 %1 起)：%2</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>此消息已删除。</translation>
    </message>
    <message>
        <source>In reply to %1: %2</source>
        <extracomment>%1 is a name, %2 the beginning of the message that is answered.</extracomment>
        <translation>回复 %1：%2</translation>
    </message>
    <message>
        <source>In reply to a message that is not here</source>
        <translation>回复一条不在此处的消息</translation>
    </message>
    <message>
        <source>Reactions: %1</source>
        <extracomment>%1 is a list, as in &quot;👍 Juliet; 😂 Romeo&quot;.</extracomment>
        <translation>回应：%1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <extracomment>%1 is the name of a file.</extracomment>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>encrypted</source>
        <extracomment>Beside a message in an exported chat.</extracomment>
        <translation>已加密</translation>
    </message>
    <message>
        <source>not sent</source>
        <extracomment>Beside a message in an exported chat.</extracomment>
        <translation>未发送</translation>
    </message>
</context>
<context>
    <name>ui::FileActions</name>
    <message>
        <source>Do not send this file?</source>
        <translation>不发送此文件？</translation>
    </message>
    <message>
        <source>What you wrote beside it goes, too.</source>
        <translation>你为它写的说明也会一并丢弃。</translation>
    </message>
    <message>
        <source>Do Not Send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Open this file with another program?</source>
        <translation>用其他程序打开此文件？</translation>
    </message>
    <message>
        <source>%1 is from %2. Some files can harm a computer; open it only if you expected it.</source>
        <extracomment>%1 is the name of a file, %2 who sent it.</extracomment>
        <translation>%1 来自 %2。有些文件可能损害计算机，只有在你预期会收到它时才打开。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save File</source>
        <translation>保存文件</translation>
    </message>
</context>
<context>
    <name>ui::Files</name>
    <message>
        <source>GIF</source>
        <translation>GIF 动图</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>%1, not downloaded</source>
        <extracomment>Under a file&apos;s name: %1 is its size.</extracomment>
        <translation>%1，未下载</translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>正在下载…</translation>
    </message>
    <message>
        <source>Downloading: %1 of %2</source>
        <extracomment>%1 is how much of the file is here, as in &quot;34%&quot;, %2 its size.</extracomment>
        <translation>正在下载：%1，共 %2</translation>
    </message>
    <message>
        <source>Waiting to be uploaded</source>
        <translation>等待上传</translation>
    </message>
    <message>
        <source>Uploading: %1 of %2</source>
        <extracomment>%1 is how much of the file is with the server, as in &quot;34%&quot;, %2 its size.</extracomment>
        <translation>正在上传：%1，共 %2</translation>
    </message>
    <message>
        <source>It could not be downloaded.</source>
        <translation>无法下载。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Stop Downloading</source>
        <translation>停止下载</translation>
    </message>
    <message>
        <source>Do Not Send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>What a screen reader says of a file: %1 is its kind (&quot;Picture&quot;), %2 its name.</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Older message</source>
        <translation>较早的消息</translation>
    </message>
    <message>
        <source>Newer message</source>
        <translation>较新的消息</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Search in this chat</source>
        <translation>在此聊天中搜索</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>%1 of more than %2</source>
        <extracomment>In a search: %1 is which message is shown, %2 how many there are; there may be more than are counted.</extracomment>
        <translation>第 %1 条，共 %2 条以上</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>In a search: %1 is which message is shown, %2 how many there are.</extracomment>
        <translation>第 %1 条，共 %2 条</translation>
    </message>
    <message>
        <source>Go to a date…</source>
        <translation>转到日期…</translation>
    </message>
</context>
<context>
    <name>ui::HistoryPage</name>
    <message>
        <source>&amp;Keep messages on this computer</source>
        <translation>在这台电脑上保留消息(&amp;K)</translation>
    </message>
    <message>
        <source>Older messages are deleted once a day. A chat can have a choice of its own, in its menu. What the other side and your server have stays there; what was deleted here is not fetched again.</source>
        <translation>较旧的消息每天删除一次。每个聊天可在其菜单中单独选择。对方和服务器上的内容会保留；在此删除的内容不会再获取。</translation>
    </message>
</context>
<context>
    <name>ui::IconButton</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A tooltip: %1 is what the button does, %2 its keyboard shortcut.</extracomment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>ui::JumpButton</name>
    <message>
        <source>Go to the newest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message numerus="yes">
        <source>Go to the newest message, %n new</source>
        <translation>
            <numerusform>跳到最新消息，%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>99+</source>
        <translation>99+</translation>
    </message>
</context>
<context>
    <name>ui::KeepWords</name>
    <message>
        <source>For good</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>One year</source>
        <translation>一年</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete older messages of all chats?</source>
        <translation>删除所有聊天中较旧的消息？</translation>
    </message>
    <message>
        <source>Delete older messages of the chat with %1?</source>
        <translation>删除与 %1 的聊天中较旧的消息？</translation>
    </message>
    <message>
        <source>Messages that are older are deleted from this computer, now and from then on, with their files in Balcony&apos;s folder. Kept is: %1.</source>
        <extracomment>%1 is a time, as in &quot;90 days&quot; or &quot;One year&quot;.</extracomment>
        <translation>较旧的消息将从这台电脑上删除，从现在开始并持续进行，连同 Balcony 文件夹中的相关文件。保留时间：%1。</translation>
    </message>
    <message>
        <source>What you have not read yet, and what waits to be sent, stays until then. What the other side, your server and your other devices have is not deleted.</source>
        <translation>你尚未阅读的和等待发送的消息会保留到已读或已发送为止。对方、你的服务器和你的其他设备上的内容不会删除。</translation>
    </message>
    <message>
        <source>Delete older messages</source>
        <translation>删除较旧的消息</translation>
    </message>
</context>
<context>
    <name>ui::KeyBar</name>
    <message>
        <source>The server of %1 has used a new key since %2. Its certificate is in order, issued by %3; servers often change keys when a certificate is renewed.</source>
        <extracomment>%1 is an account&apos;s address, %2 a day, %3 who issued a certificate.</extracomment>
        <translation>%1 的服务器自 %2 起使用新的密钥。其证书没有问题，由 %3 签发；服务器续期证书时常会更换密钥。</translation>
    </message>
    <message>
        <source>The one before was issued by %1; where this surprises you, ask the server&apos;s operator.</source>
        <extracomment>%1 is who issued a certificate.</extracomment>
        <translation>之前的证书由 %1 签发；如果觉得意外，请询问服务器管理员。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>The address %1 cannot be opened.</source>
        <translation>无法打开地址 %1。</translation>
    </message>
    <message>
        <source>Open a chat with %1?</source>
        <translation>要打开与 %1 的聊天吗？</translation>
    </message>
    <message>
        <source>A link asks for it. Nothing is sent before you write.</source>
        <translation>这是一个链接的请求。在你输入消息之前不会发送任何内容。</translation>
    </message>
    <message>
        <source>Open the chat</source>
        <translation>打开聊天</translation>
    </message>
    <message>
        <source>Balcony</source>
        <extracomment>The title of the main window; %1 is the name of a chat.</extracomment>
        <translation>Balcony</translation>
    </message>
    <message>
        <source>%1 – Balcony</source>
        <translation>%1 – Balcony</translation>
    </message>
    <message>
        <source>(%1) %2</source>
        <extracomment>The title of the main window with unread messages: %1 their number, %2 the title.</extracomment>
        <translation>(%1) %2</translation>
    </message>
    <message>
        <source>Go to a chat</source>
        <translation>转到聊天</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建聊天</translation>
    </message>
    <message>
        <source>Add a contact…</source>
        <translation>添加联系人…</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一个聊天</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一个聊天</translation>
    </message>
    <message>
        <source>Previous unread chat</source>
        <translation>上一个未读聊天</translation>
    </message>
    <message>
        <source>Next unread chat</source>
        <translation>下一个未读聊天</translation>
    </message>
    <message>
        <source>Chats used last</source>
        <translation>最近使用的聊天</translation>
    </message>
    <message>
        <source>Chat %1</source>
        <translation>聊天 %1</translation>
    </message>
    <message>
        <source>Mute this chat, or unmute it</source>
        <translation>将此聊天静音或取消静音</translation>
    </message>
    <message>
        <source>Close this chat</source>
        <translation>关闭此聊天</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>正常文字大小</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Hide contacts who are offline</source>
        <translation>隐藏离线联系人</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>所有聊天</translation>
    </message>
    <message>
        <source>Unread chats</source>
        <translation>未读聊天</translation>
    </message>
    <message>
        <source>Archived chats</source>
        <translation>已归档的聊天</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Search in this chat</source>
        <translation>在此聊天中搜索</translation>
    </message>
    <message>
        <source>Next message found, an older one</source>
        <translation>下一条结果（较早）</translation>
    </message>
    <message>
        <source>Previous message found, a newer one</source>
        <translation>上一条结果（较新）</translation>
    </message>
    <message>
        <source>Go to a date…</source>
        <translation>转到日期…</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>Insert an emoji</source>
        <translation>插入表情符号</translation>
    </message>
    <message>
        <source>No chat is open</source>
        <translation>没有打开的聊天</translation>
    </message>
    <message>
        <source>Export this chat…</source>
        <translation>导出此聊天…</translation>
    </message>
    <message>
        <source>Delete the history of this chat…</source>
        <translation>删除此聊天的记录…</translation>
    </message>
    <message>
        <source>Forward the message</source>
        <translation>转发消息</translation>
    </message>
    <message>
        <source>Forward to: name or address</source>
        <translation>转发给：名称或地址</translation>
    </message>
</context>
<context>
    <name>ui::MatchModel</name>
    <message>
        <source>Start a chat with %1</source>
        <translation>与 %1 开始聊天</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Search for “%1” in messages</source>
        <translation>在消息中搜索“%1”</translation>
    </message>
</context>
<context>
    <name>ui::MessageDetails</name>
    <message>
        <source>Details of the message</source>
        <translation>消息详情</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>label and value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写于</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>端到端</translation>
    </message>
    <message>
        <source>Only on the way to the server</source>
        <translation>仅到服务器之间的连接</translation>
    </message>
    <message>
        <source>What it said before</source>
        <translation>之前的内容</translation>
    </message>
</context>
<context>
    <name>ui::Note</name>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
</context>
<context>
    <name>ui::Notices</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Mark as Read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Write a reply…</source>
        <translation>写回复…</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>The title of a notification: %1 is a name, %2 the number of new messages.</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) from people who are not your contacts</source>
        <translation>
            <numerusform>%n 条来自非联系人的消息</numerusform>
        </translation>
    </message>
    <message>
        <source>More new messages: %1</source>
        <translation>更多新消息：%1</translation>
    </message>
    <message numerus="yes">
        <source>In %n chat(s)</source>
        <translation>
            <numerusform>来自 %n 个聊天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::NotificationsPage</name>
    <message>
        <source>Notify me of new &amp;messages</source>
        <translation>有新消息时通知我(&amp;M)</translation>
    </message>
    <message>
        <source>Play a s&amp;ound</source>
        <translation>播放提示音(&amp;O)</translation>
    </message>
    <message>
        <source>Do not &amp;disturb</source>
        <translation>请勿打扰(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Quiet hours</source>
        <translation>安静时段(&amp;Q)</translation>
    </message>
    <message>
        <source>Show an icon in the &amp;tray</source>
        <translation>在系统托盘中显示图标(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keep running when the window is closed</source>
        <translation>关闭窗口后继续运行(&amp;K)</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>Before a time of day: the quiet hours begin.</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <extracomment>Before a time of day: the quiet hours end.</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Beginning of the quiet hours</source>
        <translation>安静时段开始</translation>
    </message>
    <message>
        <source>End of the quiet hours</source>
        <translation>安静时段结束</translation>
    </message>
    <message>
        <source>Name and text</source>
        <translation>姓名和内容</translation>
    </message>
    <message>
        <source>Only the name</source>
        <translation>仅姓名</translation>
    </message>
    <message>
        <source>Neither name nor text</source>
        <translation>不显示姓名和内容</translation>
    </message>
    <message>
        <source>Notifications &amp;show</source>
        <translation>通知显示(&amp;S)</translation>
    </message>
    <message>
        <source>Nothing is shown either while your presence is “Do not disturb”.</source>
        <translation>当你的状态为“请勿打扰”时也不显示通知。</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits Balcony.</source>
        <translation>此桌面没有系统托盘：关闭窗口会退出 Balcony。</translation>
    </message>
</context>
<context>
    <name>ui::PasswordBar</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
</context>
<context>
    <name>ui::PasswordEdit</name>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>隐藏密码</translation>
    </message>
</context>
<context>
    <name>ui::PasswordKeeping</name>
    <message>
        <source>&amp;Remember the password</source>
        <translation>记住密码(&amp;R)</translation>
    </message>
    <message>
        <source>Ask me &amp;each time Balcony starts</source>
        <translation>每次启动 Balcony 时询问(&amp;E)</translation>
    </message>
    <message>
        <source>Keep it in a &amp;file of this profile</source>
        <translation>保存在此配置的文件中(&amp;F)</translation>
    </message>
    <message>
        <source>Whoever can read your files can then read the password.</source>
        <translation>能读取你文件的人也就能读到密码。</translation>
    </message>
    <message>
        <source>This computer has no keychain that Balcony can use. Where shall the password be kept?</source>
        <translation>这台电脑没有 Balcony 可用的密钥环。密码要保存在哪里？</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keychain.</source>
        <translation>密码保存在这台电脑的密钥环中。</translation>
    </message>
    <message>
        <source>You will be asked for it each time Balcony starts.</source>
        <translation>每次启动 Balcony 时都会询问密码。</translation>
    </message>
</context>
<context>
    <name>ui::PictureViewer</name>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Open with Another Program</source>
        <translation>用其他程序打开</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Picture from %1</source>
        <extracomment>The title of a window with a picture: %1 is who sent it.</extracomment>
        <translation>来自 %1 的图片</translation>
    </message>
    <message>
        <source>Loading the picture…</source>
        <translation>正在加载图片…</translation>
    </message>
    <message>
        <source>This picture cannot be shown. It may be damaged, or larger than is safe to open.</source>
        <translation>无法显示此图片。它可能已损坏，或大到无法安全打开。</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <extracomment>Which of several pictures shows, as in &quot;3 of 17&quot;.</extracomment>
        <translation>第 %L1 张，共 %L2 张</translation>
    </message>
</context>
<context>
    <name>ui::Presence</name>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Free to chat</source>
        <translation>有空聊天</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Away for longer</source>
        <translation>长时间离开</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>请勿打扰</translation>
    </message>
</context>
<context>
    <name>ui::PresenceMenu</name>
    <message>
        <source>Presence</source>
        <translation>在线状态</translation>
    </message>
    <message>
        <source>Set a status text…</source>
        <translation>设置状态文字…</translation>
    </message>
    <message>
        <source>Change the status text…</source>
        <translation>更改状态文字…</translation>
    </message>
    <message>
        <source>Clear “%1”</source>
        <translation>清除“%1”</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Manage accounts…</source>
        <translation>管理账号…</translation>
    </message>
    <message>
        <source>Status text</source>
        <translation>状态文字</translation>
    </message>
    <message>
        <source>What others read beside your name</source>
        <translation>他人在你的名字旁看到的文字</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Your picture…</source>
        <translation>你的头像…</translation>
    </message>
</context>
<context>
    <name>ui::PresencePage</name>
    <message>
        <source>Show me as “&amp;Away” when the computer was not used for</source>
        <translation>电脑闲置多久后将我显示为“离开”(&amp;A)</translation>
    </message>
    <message>
        <source>Show me as “Away for &amp;longer” when it was not used for</source>
        <translation>电脑闲置多久后将我显示为“长时间离开”(&amp;L)</translation>
    </message>
    <message>
        <source>Show me as “Away” while the &amp;screen is locked</source>
        <translation>屏幕锁定时将我显示为“离开”(&amp;S)</translation>
    </message>
    <message>
        <source>Your own choice comes back as soon as you do. Only “Available” and “Free to chat” are shown otherwise.</source>
        <translation>你一回来，就会恢复你自己选择的状态。只有“在线”和“有空聊天”会被这样替换显示。</translation>
    </message>
    <message>
        <source>Never</source>
        <extracomment>In place of a number of minutes.</extracomment>
        <translation>从不</translation>
    </message>
    <message>
        <source>%1 min</source>
        <extracomment>A number of minutes, in a field where it can be changed.</extracomment>
        <translation>%1 分钟</translation>
    </message>
</context>
<context>
    <name>ui::ProxyBar</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The proxy %1 on the way to the server of %2 wants a user name and a password, or others than it was given; please enter them.</source>
        <extracomment>%1 is the name or the address of a proxy, %2 an account&apos;s address.</extracomment>
        <translation>通往 %2 的服务器的代理 %1 要求用户名和密码，或者所给的不对；请输入。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>User name for the proxy</source>
        <translation>代理的用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password for the proxy</source>
        <translation>代理的密码</translation>
    </message>
</context>
<context>
    <name>ui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>They see when you are online, and you ask to see them, too.</source>
        <translation>对方能看到你是否在线，你也会请求查看对方的状态。</translation>
    </message>
    <message>
        <source>%1 wants to add you as a contact</source>
        <translation>%1 想加你为联系人</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>What somebody who asks says, in quotation marks.</comment>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>%1 is not connected; you can answer when it is online.</source>
        <translation>%1 未连接；上线后你才能答复。</translation>
    </message>
    <message>
        <source>To your account %1</source>
        <translation>发给你的账号 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>还有 %n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>接受 %1</translation>
    </message>
    <message>
        <source>Deny %1</source>
        <translation>拒绝 %1</translation>
    </message>
</context>
<context>
    <name>ui::RowLayout</name>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::SearchDelegate</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>author and text</comment>
        <extracomment>A message that was found: %1 is who wrote it, %2 the text.</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>ui::SearchPanel</name>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Messages found</source>
        <translation>找到的消息</translation>
    </message>
    <message>
        <source>Type words to find the messages that have all of them, or “several words” in quotation marks for exactly these.</source>
        <translation>输入词语，即可找到包含所有这些词语的消息；用引号把“几个词语”括起来，则只找完全相同的内容。</translation>
    </message>
    <message>
        <source>Narrow it down:</source>
        <translation>缩小范围：</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>filter and meaning</comment>
        <extracomment>The name of a button: %1 is what it writes into the search, %2 what that means.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>What this person wrote; “from:me” is what you wrote</source>
        <translation>此人写的消息；“from:me”是你自己写的</translation>
    </message>
    <message>
        <source>Only in this chat</source>
        <translation>只在此聊天中</translation>
    </message>
    <message>
        <source>On this day, such as 2026-11-30, in this month, such as 2026-11, today or yesterday</source>
        <translation>在这一天（如 2026-11-30）、这个月（如 2026-11）、today 今天或 yesterday 昨天</translation>
    </message>
    <message>
        <source>From this day on</source>
        <translation>从这一天起</translation>
    </message>
    <message>
        <source>Before this day</source>
        <translation>在这一天之前</translation>
    </message>
    <message>
        <source>With a link</source>
        <translation>带有链接</translation>
    </message>
    <message>
        <source>Somebody reacted to it</source>
        <translation>有人做出了回应</translation>
    </message>
    <message>
        <source>Replies to other messages</source>
        <translation>回复其他消息的消息</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s)</source>
        <translation>
            <numerusform>最新的 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>找到 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>无法理解</translation>
    </message>
    <message>
        <source>Some messages are still being prepared for the search.</source>
        <translation>部分消息还在为搜索做准备。</translation>
    </message>
    <message>
        <source>No message has all of this. Only what is stored here is searched.</source>
        <translation>没有消息符合所有这些条件。只搜索保存在本机的消息。</translation>
    </message>
    <message>
        <source>The search failed</source>
        <translation>搜索失败</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Write a name or an address behind “from:”.</source>
        <translation>请在“from:”后面写上名字或地址。</translation>
    </message>
    <message>
        <source>Write the name of a chat behind “in:”.</source>
        <translation>请在“in:”后面写上聊天的名称。</translation>
    </message>
    <message>
        <source>Write “link”, “reaction” or “reply” behind “has:”.</source>
        <translation>请在“has:”后面写上“link”（链接）、“reaction”（回应）或“reply”（回复）。</translation>
    </message>
    <message>
        <source>Write a day behind “%1:”, such as 2026-11-30, 2026-11, today or yesterday.</source>
        <extracomment>%1 is one of the words before, after, on; it is not translated.</extracomment>
        <translation>请在“%1:”后面写上日期，例如 2026-11-30、2026-11、today（今天）或 yesterday（昨天）。</translation>
    </message>
    <message>
        <source>Nobody in your contacts and chats is called “%1”.</source>
        <translation>你的联系人和聊天中没有人叫“%1”。</translation>
    </message>
    <message>
        <source>No chat is called “%1”.</source>
        <translation>没有叫“%1”的聊天。</translation>
    </message>
    <message>
        <source>“%1” is no date. Write a day as 2026-11-30, a month as 2026-11, or today or yesterday.</source>
        <translation>“%1”不是日期。请把日期写成 2026-11-30，把月份写成 2026-11，或写 today（今天）、yesterday（昨天）。</translation>
    </message>
    <message>
        <source>No day lies between the two that you named.</source>
        <translation>你给出的两个日期之间没有任何一天。</translation>
    </message>
    <message>
        <source>Balcony cannot look for “%1”. Behind “has:” may stand link, reaction or reply.</source>
        <translation>Balcony 无法搜索“%1”。“has:”后面可以写 link（链接）、reaction（回应）或 reply（回复）。</translation>
    </message>
    <message>
        <source>Files cannot be looked for yet.</source>
        <translation>目前还不能搜索文件。</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>%1: %2, %3, %4</source>
        <extracomment>A message that was found, for a screen reader: %1 is the name of the chat, %2 who wrote it, %3 the time, %4 the text.</extracomment>
        <translation>%1：%2，%3，%4</translation>
    </message>
</context>
<context>
    <name>ui::SelfButton</name>
    <message>
        <source>%1, %2. Presence and accounts</source>
        <extracomment>Spoken: %1 is one&apos;s own name, %2 one&apos;s presence or status text.</extracomment>
        <translation>%1，%2。在线状态与账号</translation>
    </message>
    <message>
        <source>Presence and accounts</source>
        <translation>在线状态与账号</translation>
    </message>
</context>
<context>
    <name>ui::SendFilesDialog</name>
    <message>
        <source>%1 × %2 pixels</source>
        <extracomment>How large a picture is: width and height in pixels.</extracomment>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Size of pictures</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send Files</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>Files to send</source>
        <translation>要发送的文件</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Large (%L1 pixels)</source>
        <extracomment>How large pictures are sent: %L1 is a number of pixels.</extracomment>
        <translation>大（%L1 像素）</translation>
    </message>
    <message>
        <source>Medium (%L1 pixels)</source>
        <translation>中（%L1 像素）</translation>
    </message>
    <message>
        <source>Small (%L1 pixels)</source>
        <translation>小（%L1 像素）</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Add a caption</source>
        <translation>添加说明</translation>
    </message>
    <message numerus="yes">
        <source>At most %n file(s) can be sent at once; the rest was left out.</source>
        <translation>
            <numerusform>一次最多发送 %n 个文件，其余的已略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>Folders cannot be sent; they were left out.</source>
        <translation>无法发送文件夹，已略去。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read and were left out.</source>
        <translation>
            <numerusform>%n 个文件无法读取，已略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture from the clipboard</source>
        <translation>剪贴板中的图片</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <extracomment>A button beside a file that is about to be sent: %1 is its name.</extracomment>
        <translation>不发送 %1</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message numerus="yes">
        <source>Send %n file(s)</source>
        <translation>
            <numerusform>发送 %n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>在线状态</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Chat by its place in the list</source>
        <translation>按列表位置打开聊天</translation>
    </message>
    <message>
        <source>%1 to 9</source>
        <extracomment>A range of shortcuts, from %1 to the digit 9.</extracomment>
        <translation>%1 到 9</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>消息换行</translation>
    </message>
    <message>
        <source>Scroll the messages</source>
        <translation>滚动消息</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>返回上一步</translation>
    </message>
    <message>
        <source>Menu of a chat, contact or message</source>
        <translation>聊天、联系人或消息的菜单</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>菜单键</translation>
    </message>
</context>
<context>
    <name>ui::Sidebar</name>
    <message>
        <source>New chat</source>
        <translation>新建聊天</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>还没有聊天</translation>
    </message>
    <message>
        <source>Start one with a contact or an address.</source>
        <translation>选择联系人或输入地址来开始聊天。</translation>
    </message>
    <message>
        <source>No contacts yet</source>
        <translation>还没有联系人</translation>
    </message>
    <message>
        <source>Add the people you want to talk with.</source>
        <translation>添加你想聊天的人。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No chat and no contact has this in its name or address.</source>
        <translation>没有聊天或联系人的名称或地址包含此内容。</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>添加联系人</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Search chats and contacts</source>
        <translation>搜索聊天和联系人</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>没有账号</translation>
    </message>
    <message numerus="yes">
        <source>%n accounts</source>
        <translation>
            <numerusform>%n 个账号</numerusform>
        </translation>
    </message>
    <message>
        <source>All is read</source>
        <translation>全部已读</translation>
    </message>
    <message>
        <source>No chat has unread messages.</source>
        <translation>所有聊天都没有未读消息。</translation>
    </message>
    <message>
        <source>Nothing is archived</source>
        <translation>没有归档的聊天</translation>
    </message>
    <message>
        <source>Archive a chat by its menu to keep the list short.</source>
        <translation>通过聊天的菜单将其归档，可让列表保持简短。</translation>
    </message>
    <message>
        <source>Archived chats</source>
        <translation>已归档的聊天</translation>
    </message>
    <message>
        <source>Unread chats</source>
        <translation>未读聊天</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>搜索消息</translation>
    </message>
</context>
<context>
    <name>ui::SignInPage</name>
    <message>
        <source>Welcome to Balcony</source>
        <translation>欢迎使用 Balcony</translation>
    </message>
    <message>
        <source>Talk with anyone on XMPP, the open chat network: you choose the server, and your messages stay yours.</source>
        <translation>在开放的聊天网络 XMPP 上与任何人交谈：服务器由你选择，消息归你所有。</translation>
    </message>
    <message>
        <source>Sign in with another XMPP address; all your accounts share one window.</source>
        <translation>用另一个 XMPP 地址登录；所有账号共用一个窗口。</translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation>name@example.org</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This account has been added already.</source>
        <translation>此账号已经添加过了。</translation>
    </message>
    <message>
        <source>Enter the address of your account.</source>
        <translation>请输入你的账号地址。</translation>
    </message>
    <message>
        <source>Enter the password of your account.</source>
        <translation>请输入你的账号密码。</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Signing in to %1…</source>
        <translation>正在登录 %1…</translation>
    </message>
    <message>
        <source>Con&amp;tinue</source>
        <translation>继续(&amp;T)</translation>
    </message>
    <message>
        <source>You are signed in, but the keychain could not keep the password; choose another place for it.</source>
        <translation>你已登录，但密钥环无法保存密码；请选择其他保存位置。</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>添加账号</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>登录(&amp;S)</translation>
    </message>
    <message>
        <source>Hide &amp;connection options</source>
        <translation>隐藏连接选项(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Connection options</source>
        <translation>连接选项(&amp;C)</translation>
    </message>
    <message>
        <source>example.org</source>
        <translation>example.org</translation>
    </message>
    <message>
        <source>Enter the name of the server.</source>
        <translation>请输入服务器的名称。</translation>
    </message>
</context>
<context>
    <name>ui::StartWindow</name>
    <message>
        <source>Balcony</source>
        <translation>Balcony</translation>
    </message>
    <message>
        <source>Opening your messages…</source>
        <translation>正在打开你的消息…</translation>
    </message>
    <message>
        <source>This takes longer after an update.</source>
        <translation>更新之后会需要更长时间。</translation>
    </message>
    <message>
        <source>Balcony cannot start</source>
        <translation>Balcony 无法启动</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::StateBar</name>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is an account&apos;s address, %2 a sentence about it.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>There is no connection to %1.</source>
        <translation>与 %1 没有连接。</translation>
    </message>
    <message numerus="yes">
        <source>%1 Next try in %n s.</source>
        <extracomment>%1 is a sentence that says why there is no connection.</extracomment>
        <translation>
            <numerusform>%1将在 %n 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>You are offline. What you write is sent when you are back.</source>
        <translation>你已离线。你写的内容会在恢复连接后发送。</translation>
    </message>
    <message>
        <source>Go online</source>
        <translation>上线</translation>
    </message>
    <message numerus="yes">
        <source>%1 Next try as soon as there is a network, or in %n s.</source>
        <extracomment>%1 is a sentence that says that there is no network.</extracomment>
        <translation>
            <numerusform>%1有网络后将立即重试，最迟在 %n 秒后。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Switcher</name>
    <message>
        <source>Go to a chat</source>
        <translation>转到聊天</translation>
    </message>
    <message>
        <source>Name or address of a chat or contact</source>
        <translation>聊天或联系人的名称或地址</translation>
    </message>
    <message>
        <source>Chats and contacts found</source>
        <translation>找到的聊天和联系人</translation>
    </message>
    <message>
        <source>Nothing found. Type a whole address, such as name@example.org, to start a chat with somebody new.</source>
        <translation>没有找到。输入完整地址（例如 name@example.org）即可与新的人开始聊天。</translation>
    </message>
    <message>
        <source>Name or address, or &gt; for actions</source>
        <translation>名称或地址，输入 &gt; 查找操作</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>找到的操作</translation>
    </message>
    <message>
        <source>There is no such action.</source>
        <translation>没有这样的操作。</translation>
    </message>
</context>
<context>
    <name>ui::Timeline</name>
    <message>
        <source>New messages</source>
        <extracomment>The line above the first message that was not read yet.</extracomment>
        <translation>新消息</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>encrypted, waiting to be sent</source>
        <translation>已加密，等待发送</translation>
    </message>
    <message>
        <source>sent, not confirmed yet</source>
        <translation>已发送，尚未确认</translation>
    </message>
    <message>
        <source>received by the server</source>
        <translation>服务器已收到</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>A message for a screen reader: %1 is who wrote it, %2 the time, %3 the text.</extracomment>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>first unread message</source>
        <translation>第一条未读消息</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>Older messages are on the server</source>
        <translation>更早的消息在服务器上</translation>
    </message>
    <message>
        <source>Messages are missing here and are being fetched</source>
        <translation>这里缺少消息，正在获取</translation>
    </message>
    <message>
        <source>History is incomplete here. Try again</source>
        <translation>这里的历史记录不完整。重试</translation>
    </message>
    <message>
        <source>Sent</source>
        <extracomment>A label before the time at which this happened to a message.</extracomment>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Received by the server</source>
        <extracomment>A label before the time at which this happened to a message.</extracomment>
        <translation>服务器已收到</translation>
    </message>
    <message>
        <source>Delivered</source>
        <extracomment>A label before the time at which this happened to a message.</extracomment>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Read</source>
        <extracomment>A label before the time at which this happened to a message.</extracomment>
        <translation>已读</translation>
    </message>
    <message>
        <source>Failed</source>
        <extracomment>A label before the time at which this happened to a message.</extracomment>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A moment: %1 is the date, %2 the time.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A step of a message&apos;s way and its time, as in &quot;Delivered: 10:42:07&quot;.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>This message is not here</source>
        <extracomment>In the place of the message that another one answers.</extracomment>
        <translation>这条消息不在本机</translation>
    </message>
    <message>
        <source>you</source>
        <extracomment>Among those who reacted to a message: the person at the screen.</extracomment>
        <translation>你</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <extracomment>At the end of a list of those who reacted to a message.</extracomment>
        <translation>
            <numerusform>另外 %n 人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+%n</source>
        <extracomment>In the place of the reactions to a message that there is no room for.</extracomment>
        <translation>
            <numerusform>+%n</numerusform>
        </translation>
    </message>
    <message>
        <source>This message was deleted</source>
        <translation>这条消息已删除</translation>
    </message>
    <message>
        <source>edited</source>
        <extracomment>A mark beside the time of a message that was changed after it was sent.</extracomment>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>the deletion waits to be sent</source>
        <translation>删除请求等待发送</translation>
    </message>
    <message>
        <source>the change waits to be sent</source>
        <translation>修改等待发送</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>A reaction to a message, and how many gave it: &quot;👍 2&quot;.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s): %1</source>
        <extracomment>What a screen reader says of a message: %1 lists the reactions, as in &quot;2 reactions: 👍 2&quot;.</extracomment>
        <translation>
            <numerusform>%n 个回应：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>reply to: %1</source>
        <translation>回复：%1</translation>
    </message>
    <message>
        <source>reply to %1: %2</source>
        <translation>回复 %1：%2</translation>
    </message>
    <message>
        <source>Discard Change</source>
        <extracomment>A button under a message whose correction, deletion or reaction could not be sent: forget that, keep the message.</extracomment>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>the change was not sent</source>
        <translation>更改未发送</translation>
    </message>
</context>
<context>
    <name>ui::TimelineView</name>
    <message>
        <source>[%1] %2: %3</source>
        <extracomment>A copied message: %1 time, %2 name, %3 text.</extracomment>
        <translation>[%1] %2：%3</translation>
    </message>
    <message>
        <source>Open Link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with Names and Times</source>
        <translation>连同姓名和时间复制</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>No messages yet. Say hello!</source>
        <translation>还没有消息，打个招呼吧！</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Loading messages…</source>
        <translation>正在加载消息…</translation>
    </message>
    <message>
        <source>Fetch What Is Missing Here</source>
        <translation>获取此处缺少的消息</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>Thumbs Up</source>
        <translation>赞</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>爱心</translation>
    </message>
    <message>
        <source>Laughing</source>
        <translation>大笑</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>惊讶</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>难过</translation>
    </message>
    <message>
        <source>Folded Hands</source>
        <translation>合十</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>reaction and names</comment>
        <extracomment>Who reacted to a message: %1 is the reaction, %2 a list of names, as in &quot;👍: Juliet and you&quot;.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Delete this message for everyone?</source>
        <translation>为所有人删除这条消息？</translation>
    </message>
    <message>
        <source>The others are asked to delete it, too. Who has read it may remember it, and some programs keep it.</source>
        <translation>会请求其他人也删除它。读过的人可能记得，有些程序也会保留它。</translation>
    </message>
    <message>
        <source>Delete for Everyone</source>
        <translation>为所有人删除</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Go to the Quoted Message</source>
        <translation>转到引用的消息</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Delete for Everyone…</source>
        <translation>为所有人删除…</translation>
    </message>
    <message>
        <source>React</source>
        <translation>回应</translation>
    </message>
    <message>
        <source>Edited. A click shows what it said before.</source>
        <translation>已编辑。点击可查看之前的内容。</translation>
    </message>
    <message>
        <source>View Picture</source>
        <translation>查看图片</translation>
    </message>
    <message>
        <source>Open with Another Program</source>
        <translation>用其他程序打开</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy Address of the File</source>
        <translation>复制文件地址</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>It is deleted from this computer: from the chat, the search, and the copies that Balcony keeps, with the files in Balcony&apos;s folder.</source>
        <translation>将从这台电脑上删除：从聊天、搜索以及 Balcony 保留的副本中删除，连同 Balcony 文件夹中的文件。</translation>
    </message>
    <message>
        <source>It waits to be sent, and will not be sent.</source>
        <translation>它正在等待发送，将不再发送。</translation>
    </message>
    <message>
        <source>The other side, your server and your other devices keep theirs. It is not fetched again.</source>
        <translation>对方、你的服务器和你的其他设备仍保留它。它不会被重新获取。</translation>
    </message>
    <message>
        <source>Delete this message here only?</source>
        <translation>仅在这台电脑上删除此消息？</translation>
    </message>
    <message>
        <source>Delete Here</source>
        <translation>在此删除</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>转发…</translation>
    </message>
    <message>
        <source>Delete Here…</source>
        <translation>仅在此删除…</translation>
    </message>
</context>
<context>
    <name>ui::ToneMenu</name>
    <message>
        <source>Light skin tone</source>
        <translation>浅肤色</translation>
    </message>
    <message>
        <source>Medium-light skin tone</source>
        <translation>中等偏浅肤色</translation>
    </message>
    <message>
        <source>Medium skin tone</source>
        <translation>中等肤色</translation>
    </message>
    <message>
        <source>Medium-dark skin tone</source>
        <translation>中等偏深肤色</translation>
    </message>
    <message>
        <source>Dark skin tone</source>
        <translation>深肤色</translation>
    </message>
    <message>
        <source>No skin tone</source>
        <translation>默认肤色</translation>
    </message>
    <message>
        <source>Skin tone</source>
        <translation>肤色</translation>
    </message>
</context>
<context>
    <name>ui::Tray</name>
    <message>
        <source>No notifications for now</source>
        <translation>暂停通知</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Hide Balcony</source>
        <translation>隐藏 Balcony</translation>
    </message>
    <message>
        <source>Show Balcony</source>
        <translation>显示 Balcony</translation>
    </message>
    <message>
        <source>Balcony: %1</source>
        <extracomment>What is said of the icon in the tray; %1 is one&apos;s own presence.</extracomment>
        <translation>Balcony：%1</translation>
    </message>
    <message numerus="yes">
        <source>Balcony: %1, %n unread message(s)</source>
        <extracomment>What is said of the icon in the tray; %1 is one&apos;s own presence.</extracomment>
        <translation>
            <numerusform>Balcony：%1，%n 条未读消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WeakerBar</name>
    <message>
        <source>Stay offline</source>
        <translation>保持离线</translation>
    </message>
    <message>
        <source>Sign in this once</source>
        <translation>仅此次登录</translation>
    </message>
    <message>
        <source>Accept from now on</source>
        <translation>从现在起接受</translation>
    </message>
    <message>
        <source>%1, not tied to the connection</source>
        <extracomment>%1 is the name of a way to sign in, like SCRAM-SHA-256.</extracomment>
        <translation>%1，未与连接绑定</translation>
    </message>
    <message>
        <source>%1, tied to the server&apos;s certificate</source>
        <extracomment>%1 is the name of a way to sign in, like SCRAM-SHA-256.</extracomment>
        <translation>%1，与服务器的证书绑定</translation>
    </message>
    <message>
        <source>%1, tied to the connection</source>
        <extracomment>%1 is the name of a way to sign in, like SCRAM-SHA-256.</extracomment>
        <translation>%1，与连接绑定</translation>
    </message>
    <message>
        <source>The server of %1 offers a weaker way to sign in than before. Somebody may have put themselves between you and the server; the password was not used. If nobody told you of a change, stay offline and ask the server&apos;s operator.</source>
        <extracomment>%1 is an account&apos;s address.</extracomment>
        <translation>%1 的服务器提供的登录方式比以前弱。可能有人插在你和服务器之间；密码没有被使用。如果没有人告诉过你有变动，请保持离线并询问服务器的运营者。</translation>
    </message>
    <message>
        <source>Used before: %1. Offered now: %2.</source>
        <extracomment>%1 and %2 are ways to sign in, like &quot;SCRAM-SHA-256, tied to the connection&quot;.</extracomment>
        <translation>以前使用：%1。现在提供：%2。</translation>
    </message>
</context>
</TS>
