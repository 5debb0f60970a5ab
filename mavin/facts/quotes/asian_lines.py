"""Chinese and Japanese speech without marks, behind names as plays are written: 小红：你去哪儿了？ / 太郎：おい、待てよ."""

from __future__ import annotations

import re

from mavin.facts.quotes.bare_lines import BareLine

__all__ = ["asian_labels"]

_HEADING = (
    r"(?:镜头|鏡頭|分镜|场景|場景|时间|時間|地点|地點|人物|角色|主角|背景|音乐|音樂|音效|配乐|风格|風格|时长|時長|字幕|画面|畫面|主题|主題|标题|標題|题目|色调|氛围|"
    r"情节|剧情|故事|内容|要求|备注|说明|提示|开头|结尾|中间|首先|然后|最后|动作|道具|服装|灯光|光线|机位|运镜|转场|特写|全景|近景|中景|远景|景别|台词|对白|对话|旁白|广告语|口号|类型|格式|比语言|参考|"
    r"カット|シーン|ショット|場所|登場人物|音楽|音声|効果音|長さ|映像|画面|構図|タイトル|題名|テーマ|内容|あらすじ|演出|設定|季節|天気|雰囲気|トーン|スタイル|カメラ|照明|小道具|衣装|"
    r"字幕|テロップ|注意|備考|例|最初|最後|動き|セリフ|台詞|アクション|冒頭|ナレーション)"
)
_NAME = (
    rf"(?P<name>(?![\u4e00-\u9fff\u3040-\u30ff]{{0,4}}{_HEADING})[\u4e00-\u9fff\u3040-\u30ffー]{{1,7}}[A-Z0-9１-９]?)"
)
_LINE = re.compile(
    rf"(?:^|(?<=[。！？…\n]))[ \t\u3000]*(?:[\[(（]?\d[\d:.,–~〜-]{{2,12}}s?秒?[\])）]?[ \t]*)?{_NAME}"
    r"[ \t]*(?:[（(][^（()）\n]{1,20}[）)])?[ \t]*[:：][ \t\u3000]*"
    r"(?P<text>[^\n“”\"「」『』《》:：]+?[。！？…!?~～]*)(?=[ \t\u3000]*(?:$|\n|(?<=[。！？…!?])[\u4e00-\u9fff\u3040-\u30ffー]{1,7}[A-Z0-9]?(?:[（(][^（()）\n]{1,20}[）)])?[:：]))",
    re.MULTILINE,
)
_SPOKEN = re.compile(
    r"[？！?!]|[你我您咱]|(?:吗|呢|吧|啊|哦|呀|嘛|啦)[。，…]?|私|僕|俺|君[はがのも]|お前|あなた|"
    r"(?:よ|ね|ぞ|わ|か|さ|です|ます|ました|ません|だろ|でしょ)[。…]?$"
)
"""What people say to each other and no description does."""


def asian_labels(prompt: str) -> list[BareLine]:
    """The lines behind two names or more, where one at least asks, exclaims or says I or you."""
    from mavin.facts.languages.chinese.clauses import says

    found = [
        match for match in _LINE.finditer(prompt) if match["name"] not in "场場幕尺例次秒分" and not says(match["name"])
    ]
    if len(found) < 2 or not any(_SPOKEN.search(match["text"].strip()) for match in found):
        return []  # 小明：一个高个子男孩。
    return [
        BareLine(match.start("text"), match.start("text") + len(match["text"].rstrip()), match.span("name"))
        for match in found
    ]
