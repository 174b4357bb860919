"""Marks and pictures that say something beside words."""

# Beside a yes any other picture may take it back, or laugh at it.
FRIENDLY = set("👍👌👏🙏🙌💪🤝🫶🆗✅✔☑🙂☺😊😀😃😄😁😉😍🥰🤗🥳🎉✨⭐❤♥🧡💛💚💙💜💕🌹🌻🌷")
SADLY = {":(", ":/"}
# A doubtful face beside a yes asks like a question mark.
ASKING = set("?⁇⁈⁉？¿❓❔🤔🤨🤷")
# As the whole reply to a prompt these agree and refuse; the last two only say whose gesture it is.
NODDING = set("👍👌✅✔☑🆗🤝♀♂")
SHAKING = set("👎❌🚫✖⛔🙅♀♂")
