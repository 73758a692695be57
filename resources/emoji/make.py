#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the emoji that Balcony offers: emoji.txt (the signs in Unicode's order) and names.LOCALE.txt beside this file.

    resources/emoji/make.py [FOLDER WITH THE UNICODE CHARACTER DATABASE AND, IN cldr/, CLDR]

Only needed to make them anew, or for another locale. Debian's packages unicode-data and unicode-cldr-core have the data,
in /usr/share/unicode. A locale is made for each translations/balcony_LOCALE.ts.

emoji.txt has a line "@GROUP" before each group, and a line a sign: the sign, how it takes a skin tone, and its short codes
with commas between them, the first made from its English name. The second column is empty (no skin tone), "+" (the tone
stands behind the first character, in the place of a variation selector there), or the sign with "~" for each tone.
names.LOCALE.txt has as many lines, without the groups: the name, and the other words it is found by, with "|" between them.
"""

import glob
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
TRANSLATIONS = os.path.join(HERE, "..", "..", "translations")
VARIATION = "\ufe0f"
TONES = [chr(code) for code in range(0x1F3FB, 0x1F400)]
HEAD = "# Made by resources/emoji/make.py from {source}. Change that, not this.\n"

# What many programs call these signs, beside the codes made from Unicode's names.
ALIASES = """
😀 grinning  😃 smiley  😄 smile  😁 grin  😆 laughing satisfied  😅 sweat_smile  🤣 rofl  😂 joy  🙂 slight_smile
🙃 upside_down  😉 wink  😊 blush  😇 innocent  🥰 smiling_hearts  😍 heart_eyes  🤩 starstruck  😘 kissing_heart
😗 kissing  ☺️ relaxed  😋 yum  😛 tongue  😜 wink_tongue  🤪 zany  😝 xp  🤗 hugs hugging  🤭 oops  🤫 shush shh
🤔 thinking hmm  🤐 zipper_mouth  🤨 raised_eyebrow  😐 neutral  😑 expressionless  😶 no_mouth  😏 smirk  😒 unamused
🙄 eyeroll rolling_eyes  😬 grimacing  🤥 lying  😌 relieved  😔 pensive  😪 sleepy  🤤 drooling  😴 sleeping  😷 mask
🤢 nauseated  🤮 vomiting  🤧 sneezing  🥵 hot  🥶 cold  🥴 woozy  🤯 mind_blown exploding_head  🤠 cowboy  🥳 partying
😎 sunglasses  🤓 nerd  🧐 monocle  😕 confused  😟 worried  🙁 slight_frown  ☹️ frowning  😮 open_mouth wow  😯 hushed
😲 astonished  😳 flushed  🥺 pleading  😨 fearful  😰 cold_sweat  😥 disappointed_relieved  😢 cry sad  😭 sob
😱 scream  😖 confounded  😣 persevere  😞 disappointed  😓 sweat  😩 weary  😫 tired  🥱 yawning yawn  😤 triumph huff
😡 rage pout  😠 angry  🤬 cursing swearing  😈 smiling_imp  👿 imp  ☠️ crossbones  💩 poop hankey  🤡 clown
👻 boo  🤖 bot  😺 smiley_cat  😹 joy_cat  😻 heart_eyes_cat  🙈 see_no_evil  🙉 hear_no_evil  🙊 speak_no_evil  💋 kiss
💌 love_letter  💘 cupid  💔 broken_heart  ❤️ heart love  🧡 orange_heart  💛 yellow_heart  💚 green_heart
💙 blue_heart  💜 purple_heart  🖤 black_heart  💯 100 hundred  💢 anger  💥 boom collision  💫 dizzy  💦 sweat_drops
💨 dash  💣 bomb  💬 speech  💭 thought  💤 zzz  👋 wave  🤚 raised_back  ✋ hand raised_hand  🖖 vulcan spock  👌 ok_hand
✌️ v victory  🤞 fingers_crossed  🤟 love_you  🤘 metal  🤙 call_me  👈 point_left  👉 point_right  👆 point_up_2
👇 point_down  ☝️ point_up  👍 +1 thumbsup like  👎 -1 thumbsdown dislike  ✊ fist  👊 punch  👏 clap
🙌 raised_hands hooray  👐 open_hands  🤝 shake deal  🙏 pray thanks please  ✍️ writing  💅 nail_care  🤳 selfie_arm
💪 muscle strong  👀 eyes  👄 lips  🤦 facepalm  🤷 shrug  🙋 raising_hand  🙅 no_good  🙆 ok_person  🙇 bow
💁 tipping_hand  🧑‍💻 coder  👮 cop  👷 builder  🎅 santa  🚶 walking  🏃 running runner  💃 dancer  👫 couple_hands
💑 couple  🐵 monkey_head  🐶 dog_head puppy  🐱 cat_head kitty  🐷 pig_head  🐔 hen  🐝 bee honeybee  🐳 whale_spout
💐 flowers  🌱 sprout  🌲 evergreen  🌴 palm  🍀 four_leaf  🍁 maple  🍎 apple  🌶️ chili  🧀 cheese  🍔 burger  🍟 fries
🍕 pizza_slice  🍜 noodles ramen  🍝 pasta  🍦 icecream  🍩 donut  🎂 birthday cake  🍰 cake_slice  🍫 chocolate
☕ coffee  🍵 tea  🍷 wine  🍺 beer  🍻 beers cheers  🥂 clinking  🍸 cocktail  🥃 whisky  🌍 earth_africa
🌎 earth_americas  🌏 earth_asia  🗺️ map  🏠 home  🏡 garden_home  🚗 car  🚲 bike  🚂 train_engine  ✈️ plane
🚀 rocket_ship  🚨 police_light siren  ⏰ alarm  ⏳ hourglass_flowing  🌙 moon  ☀️ sunny  🌟 star2  ⛅ partly_sunny
☔ umbrella_rain  ⚡ zap lightning  ❄️ snow  🔥 lit flame  💧 drop  🌊 wave_water ocean  🎃 pumpkin  🎄 xmas_tree
🎉 tada party  🎊 confetti  🎁 gift present  🥇 first_place gold  🥈 second_place silver  🥉 third_place bronze
⚽ soccer  🎮 game  🎲 dice  ♟️ chess  🎨 art  🎵 note  🎶 notes  🎤 mic  🎧 headphones  🎹 piano  📱 iphone mobile
☎️ phone  📞 receiver  💻 computer  🖥️ desktop  💾 floppy  💿 cd  🎥 movie_cam  📺 tv  🔍 mag  💡 bulb idea  🔦 torch
📖 book_open  📰 news  💰 moneybag  💵 dollar  💳 card  ✉️ mail  📧 email  📦 parcel  📝 pencil  📁 folder  📅 date
📈 chart_up  📉 chart_down  📌 pin  ✂️ cut  🗑️ trash  🔒 lock  🔓 unlock  🛠️ tools  ⚙️ cog  🔗 chain  🚫 forbidden
⬆️ arrow_up  ⬇️ arrow_down  ➡️ arrow_right  ⬅️ arrow_left  🔄 refresh  🔙 back  ✅ check white_check_mark done
❌ x cross  ❓ question  ❗ exclamation  ♻️ recycle  ✔️ heavy_check_mark tick  ©️ c  ®️ r  ™️ tm  🆗 ok  🆕 new
🆒 cool  🆘 sos  ℹ️ info  🔴 red_dot  🟢 green_dot  🏁 finish  🚩 red_flag  🏳️‍🌈 pride  🏴‍☠️ pirate
"""


def code_of(name):
    """A short code from an English name: lower case, ASCII, words joined by underscores."""
    name = name.replace("*", " asterisk").replace("#", " hash")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")


def aliases():
    """The own short codes, by sign."""
    found, sign = {}, None
    for word in ALIASES.split():
        if word.isascii() and sign:
            found[sign].append(word)
        else:
            sign = word
            found[sign] = []
    return found


def read_signs(path):
    """(version, [(group, sign, English name)]) of all that are fully qualified, in order, with skin tones."""
    signs, group, version = [], None, ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("# group: "):
                group = line[9:].strip()
            elif line.startswith("# Version: "):
                version = line[11:].strip()
            match = re.match(r"([0-9A-F ]+); fully-qualified +# \S+ E[0-9.]+ (.*)", line)
            if match:
                signs.append((group, "".join(chr(int(code, 16)) for code in match[1].split()), match[2].strip()))
    return version, signs


def tone_pattern(sign, every):
    """How `sign` takes a skin tone, by the signs there are; empty where it takes none."""
    patterns = [sign[0] + "~" + sign[1:].removeprefix(VARIATION), re.sub("[👨👩🧑]", "\\g<0>~", sign)]
    for pattern in patterns:
        if "~" in pattern and all(pattern.replace("~", tone) in every for tone in TONES):
            return "+" if pattern == patterns[0] else pattern
    return ""


def read_annotations(folder, locale):
    """{sign without variation selectors: (name, [words])} of CLDR."""
    names, words = {}, {}
    for part in ("annotations", "annotationsDerived"):
        path = os.path.join(folder, part, locale + ".xml")
        if not os.path.exists(path):
            continue
        for entry in xml.etree.ElementTree.parse(path).iter("annotation"):
            sign, text = entry.get("cp").replace(VARIATION, ""), entry.text.strip()
            if text == "↑↑↑":  # as in the parent locale
                continue
            if entry.get("type") == "tts":
                names[sign] = text
            else:
                words[sign] = [word.strip() for word in text.split("|")]
    return {sign: (name, words.get(sign, [])) for sign, name in names.items()}


def cldr_locale(locale):
    """What CLDR calls a locale of ours."""
    return {"zh_CN": "zh", "zh_TW": "zh_Hant", "zh_HK": "zh_Hant_HK", "pt_BR": "pt"}.get(locale, locale)


def write(name, head, lines):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD.format(source=head) + "".join(line + "\n" for line in lines))


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    version, signs = read_signs(os.path.join(source, "emoji", "emoji-test.txt"))
    every = {sign for _, sign, _ in signs}
    own = aliases()
    plain = [(group, sign, name) for group, sign, name in signs if not any(tone in sign for tone in TONES)]
    strange = set(own) - {sign for _, sign, _ in plain}
    if strange:
        sys.exit(f"make.py: not an emoji without a skin tone: {' '.join(sorted(strange))}")

    # Codes from names come first: an alias never takes one away.
    codes = {sign: code_of(name) for _, sign, name in plain}
    if len(set(codes.values())) != len(codes):
        sys.exit("make.py: two signs have one code")
    taken = set(codes.values())
    lines, group = [], None
    for its_group, sign, name in plain:
        if its_group != group:
            group = its_group
            lines.append("@" + group)
        its = [codes[sign]]
        for alias in own.get(sign, []):
            if alias not in taken:
                taken.add(alias)
                its.append(alias)
        if len(sign) == 2 and 0x1F1E6 <= ord(sign[0]) <= 0x1F1FF:
            its.append("flag_" + "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in sign))
        lines.append("\t".join([sign, tone_pattern(sign, every), ",".join(its)]))
    write("emoji.txt", f"Unicode's emoji-test.txt {version}", lines)

    locales = {os.path.basename(path)[len("balcony_"):-len(".ts")] for path in glob.glob(os.path.join(TRANSLATIONS, "balcony_*.ts"))}
    for locale in sorted(locales | {"en", "zh_CN"}):
        annotations = read_annotations(os.path.join(source, "cldr", "common"), cldr_locale(locale))
        if not annotations:
            print(f"make.py: CLDR has nothing for {locale}", file=sys.stderr)
            continue
        rows = []
        for _, sign, name in plain:
            its_name, words = annotations.get(sign.replace(VARIATION, ""), (name if locale == "en" else "", []))
            in_name = its_name.lower() if locale.startswith("zh") else re.split(r"[^\w]+", its_name.lower())
            rows.append(its_name + "\t" + "|".join(word for word in words if word.lower() not in in_name and word != its_name))
        write(f"names.{locale}.txt", f"the annotations of CLDR for {locale}", rows)


if __name__ == "__main__":
    main()
