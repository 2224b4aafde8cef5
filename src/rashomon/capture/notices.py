"""How pages word their dressing: menus, share bars, newsletters, cookies, copyright.

In: nothing. Out: patterns for a whole block of text. Never: the name of any one page or outlet.
"""

from rashomon.capture.wording import whole

_NETWORKS = (
    r"(?:facebook|twitter|whatsapp|telegram|instagram|youtube|linkedin|reddit|pinterest|tumblr|google\+?|vk|e-?mail|print|pdf"
    r"|messenger|viber|copy\s+link|link|rss|tweet|share|like|save|pocket|digg|delicious|stumbleupon|more)"
)
_OURS = r"(?:your|our)"
_NOTICES = (
    r"share(?:\s+(?:this|on|via|it|with|article)\b.{0,60}|\s*\d+)?",
    rf"{_NETWORKS}(?:[\s,|/·•]+{_NETWORKS})*",
    r"(?:advertisement|advert|menu|search|home|close|toggle\s+navigation|main\s+menu|navigation|sections?)",
    r"(?:advertis(?:e|ing)|donate|support\s+us)(?:\s+(?:with|here|now|today|to)\b.{0,50})?",
    r"(?:print|e-?mail|send|save|bookmark|report)(?:\s+(?:this|to\s+a\s+friend|an\s+error))?(?:\s+(?:page|article|story|post))?",
    r"(?:subscribe|sign\s+(?:up|in|out)|follow\s+us|click\s+here)\b.{0,100}",
    r"follow\s+@?[\w .]{2,30}\s+on\s+\w+.{0,40}",
    r"(?:log\s*in|register)\b.{0,40}",
    r"(?:skip|back|jump|return)\s+to\b.{0,40}",
    r"(?=.{0,500}\b(?:experience|websites?|sites?|pages?|continu\w+|agree|consent|policy|accept|settings|preferences)\b)"
    r"(?:we|this\s+(?:web)?site|our\s+(?:web)?site|by\s+(?:continuing|using))\b.{0,200}\bcookies?\b.{0,300}",
    r"(?:accept|reject|decline|allow|manage)(?:\s+(?:all|and|preferences|settings|cookies|close|continue)){0,4}",
    r"(?:cookie|privacy)\s+(?:settings|preferences|notice|policy|consent)",
    rf".{{0,120}}\b{_OURS}\s+(?:inbox|(?:\w+\s+)?newsletters?|e-?mail\s+address|mailing\s+list)\b.{{0,160}}",
    r"(?:get|receive)\b.{0,80}\b(?:inbox|newsletter|notifications?|alerts?)\b.{0,80}",
    r"(?:newsletter|mailing\s+list|unsubscribe\b.{0,60}|no\s+spam\b.{0,80})",
    r"(?:©|copyright\b|\(c\)\s*(?:copyright\b|\d{4})|all\s+rights\s+reserved).{0,200}",
    r"(?:privacy\s+policy|terms\s+(?:of|and|&)\b|contact\s+us|disclaimer)(?:.{0,100})",
    r"\d[\d.,]*[km]?\s+(?:views?|shares?|likes?|reads?|hits|votes?)",
    r"(?:views?|shares?|likes?|hits|rating|visits)\s*[:(]\s*[\d.,]+\W*",
    r"download\s+(?:the\s+|our\s+|as\s+)?(?:app|pdf).{0,40}",
    r"(?:(?:post\s+)?tags?|categor(?:y|ies)|filed\s+under|topics?|keywords?|labels?|tagged(?:\s+(?:with|as))?)\s*:.{0,300}",
    r"(?:(?:popular|all|top)\s+)?(?:categor(?:y|ies)|tags|tag\s+cloud|meta|blogroll|calendar)",
    r"(?:this\s+entry\s+was\s+posted|posted)\s+(?:in|under)\b.{0,200}",
    r"(?:bookmark\s+the\s+permalink|permalink|trackbacks?).{0,80}",
    r"(?:previous|next|prev|older|newer|first|last)(?:\s+(?:article|post|page|posts|entries))?",
    r"(?:page\s+)?\d+\s+(?:of|/)\s+\d+",
    r"(?:loading|reading\s+time).{0,30}",
    r"(?:\d+|one|two|three)\s*-?\s*min(?:ute)?s?\s+read",
    r"listen\s+to\s+this\b.{0,40}",
    r"(?:required\s+fields|you\s+must\s+be\s+logged\s+in)\b.{0,80}",
    r"(?:powered|hosted|designed|website)\s+by\b.{0,80}",
    r"(?:enter|type)\s+(?:your|an?)\s+(?:e-?mail|name|keyword)\b.{0,40}",
    r"(?:https?://|www\.)\S+",
)
_DRESSING = (
    r"by\s+[A-Z][\w.'’ -]{2,60}",
    r"(?:published|posted|updated|last\s+(?:updated|modified))\b.{0,80}",
    r"share(?:\s+this)?.{0,40}",
    r"advertisement",
    r"read\s+(?:more|also)\s*:.{0,200}",
    r"(?:©|copyright).{0,160}",
    r"\d+\s+comments?",
    r"tags?\s*:.{0,160}",
)

NOTICE = whole(_NOTICES)
DRESSING = whole(_DRESSING)
