"""Sentences -> the numbers in them and what each says: a group is called as its `What`.

After ``__`` stands the claim's ``of``; a digit at the end tells groups apart that say the same.
``<item>``, ``<level>``, ``<session>`` and ``<value>`` stand for the names that there are, ``N`` for
a number. Where two patterns fit, the longer match holds.
"""

DAY = r"(?:N年)?N月N日（[月火水木金土日]）"
_RANGE = (
    r"(?:どれも(?P<{0}>N)%|(?P<{0}_2>N)～(?P<{1}>N)%|(?P<{0}_3>N)%から(?P<words>100)%未満|"
    r"(?P<words_2>100)%未満)"
)
_UNANSWERED = (
    r"(?P<few_share__{0}>N)(?:～(?P<many_share__{0}>N))?%"
    r"（(?P<few__{0}>N)(?:～(?P<many__{0}>N))?/(?P<of_n__{0}>N)人）"
)

OF_ONE = (
    # the lead of a session
    r"<item>＊?[はがの](?P<valid>N)人中(?P<favourable>N)人(?:が(?P<span>N(?:～N)?)を選び)?",
    r"<item>＊?の(?P<favourable_share>N)%",
    r"(?P<count>N)人が「<level>」",
    r"(?P<people_more>N)人がほかの(?P<levels_more>N)つ",
    r"（(?P<count>N)/(?P<valid>N)人、(?P<share>N)%）",
    r"どれも同じ人数（(?P<each>N)/(?P<valid>N)人、(?P<each_share>N)%）",
    r"どれも選ばれていない（(?P<each>0)/(?P<valid>N)人）",
    r"」ほか(?P<leaders_more>N)つが同数",
    r"」と同数の(?P<leaders_more>N)つ",
    r"無回答は<item>＊?に(?P<missing>N)人",
    r"(?<=人、)<item>＊?に(?P<missing>N)人",
    # medians and quartiles
    r"<item>の中央値は(?P<median>N)",
    r"[は、]<item>＊? (?P<median>N)",
    r"中央値(?: |は)(?P<median>N)",
    r"四分位 (?P<lower>N)～(?P<upper>N)",
    r"最小 (?P<least>N)",
    r"最大 (?P<most>N)",
    r"^(?P<span>N(?:～N)?)と回答。",
    r"^<item>は(?P<span>N(?:～N)?)を肯定的回答に数える",
    r"^＊この回の<item>は(?P<span__own>N(?:～N)?)を肯定的回答に数える",
    r"^＊<session>の<item>は(?P<span__own>N(?:～N)?)を肯定的回答に数える",
    # pictures
    r"：有効回答(?P<valid>N)人(?:のうち(?P<favourable>N)人（(?P<favourable_share>N)%）が肯定的回答)?",
    r"(?:内訳は|[、は])(?P<chosen><level>)：?(?P<count>N)人",
    r"(?:のうち|、)(?P<chosen><level>)が(?P<count>N)人",
    r"(?:は|、)<session>＊?は(?P<favourable_share>N)%（(?P<favourable>N)/(?P<valid>N)人）",
    r"(?:：|、)<session>＊?は(?P<chosen><level>)：?(?P<count>N)人",
    r"（有効回答 (?P<valid>N)人、無回答 (?P<missing>N)人）",
    # several sessions, of which one is named
    r"<item>＊?が<session>（(?:(?P<favourable_share>N)%、)?(?P<favourable>N)/(?P<valid>N)人）",
    r"<session>の<item>＊?の(?P<favourable_share>N)%（(?P<favourable>N)/(?P<valid>N)人）",
    r"<session>の<item>＊?の(?P<favourable_share>N)%と同じ割合の",
    r"<item>を(?P<rules>N)通りに数えた割合",
    # labels by name
    r"(?:答えは|選んだのは|、)(?:、)?<item>＊?「(?P<leader><level>)」",
    r"「(?P<leader><level>)」(?=(?:「[^」]*」)*(?:ほか\d+つ)?が(?:同数で)?最も多い)",
    r"「(?P<counted><level>)」(?=(?:「[^」]*」)*(?:を肯定的回答に数える|と回答))",
    r"[（、](?P<alone><session>)(?=[^（）]*）は回答が手もとになく)",
    r"^＊(?P<ruled><session>)の<item>は",
    r"<session> (?P<date>" + DAY + ")：作成できませんでした",
    # comments
    r"（掲載 (?P<shown>N)件 ／ 記入 (?P<written>N)件）",
    # who did not answer
    r"<item>の肯定的回答は、無回答(?P<missing>N)人を入れると" + _UNANSWERED.format("blanks"),
    r"回答のない参加者(?P<silent>N)人[もを]入れると" + _UNANSWERED.format("silent"),
    # figures of an earlier report
    r"^(?P<valid>N)人の回答からは得られない",
    r"(?:（|、)(?P<near_count>N)人なら(?P<near_share>N)%",
    r"(?:この報告では|計算すると)(?P<ours_share>N)%（(?P<ours>N)/(?P<valid>N)人）",
    r"^見出しは(?P<published>N)%だが",
    r"そのとおりなら(?P<words>100)%になる",
    r"^(?P<few__came>N)(?:～(?P<many__came>N))?/(?P<of_n__came>N)人$",
    r"^(?P<of_n__came>N)人からは得られない割合$",
    r"(?P<all_of>N)人。いくつでも選べる",
    r"(?P<all_of>N)人の回答の分かれ方は、(?P<ways>N)通り",
    r"：(?P<of_n>N)人のうち(?P<few>N)人$",
    r"：(?P<of_n>N)人のうち、少なくて(?P<few>N)人、多くて(?P<many>N)人$",
)

OF_ALL = (
    # who came and answered
    r"参加した(?P<attendees>N)人のうち(?P<respondents>N)人が",
    r"参加した(?P<everybody>N)人の全員が",
    r"参加した(?P<everybody>1)人が",
    r"^(?P<respondents>N)人が回答",
    r"(?:(?P<programmes>N)事業・)?(?P<sessions>N)回、(?:延べ)?(?P<attendees>N)人が参加し",
    r"、(?:回答のある(?P<arrived>N)回で)?(?:延べ)?(?P<respondents>N)"
    r"(?:人が回答した|件の回答があった)",
    r"(?P<waiting>N)回は回答待ち",
    r"(?P<only_published>N)回は公表された値だけ",
    r"作成できなかった(?P<left_out>N)回は含まない",
    r"全(?P<sessions>N)回、延べ参加者 (?P<attendees>N)人、延べ回答者 (?P<respondents>N)人"
    r"(?:（異なる人は(?P<different>N)人）)?",
    r"（(?P<sessions>N)回のうち(?P<simulated>N)回）",
    r"(?P<words>1)人の重み (?P<weight_low>N)(?:～(?P<weight_high>N))?ポイント",
    r"回答率 (?P<rate>N)%（(?P<respondents>N)/(?P<attendees>N)人",
    r"(?P<reference_below>N)人未満の(?:ため|回)",
    r"（回答 (?P<respondents>N)人）$",
    r"人数：(?:招待 (?P<invited>N)人、)?"
    r"参加 (?P<attendees>N)人(?:（(?P<municipalities>N)自治体）)?、回答 (?P<respondents>N)人"
    r"(?:、回答のない参加者 (?P<silent>N)人)?",
    r"参加者(?P<attendees>N)人の全員が答えた",
    r"^(?:(?P<municipalities>N)自治体[ （])?(?P<attendees>N)人）?$",
    r"^(?P<date>" + DAY + ")$",
    r"[ 　](?P<date>" + DAY + ")",
    # how many shares, items, sessions
    r"(?P<shares>N)問のうち(?P<full>N)問で",
    r"回答し、(?P<full>N)問の?(?:すべて)?で",
    r"(?:ほかの|設問はなく、)(?P<below>N)問で最も低いのは",
    r"(?P<items_lowest>N)問の(?P<lowest>N)%",
    r"分かれたのは[^。]*（(?P<levels_chosen>N)つ）",
    r"分かれたのは(?P<items_widest>N)問",
    r"(?:最も多い答えは|選んだのは)、[^。]*など(?P<items_led>N)問",
    r"(?:中央値は|答えた数は)、[^。]*など(?P<items_measured>N)問",
    r"(?P<items_blank>N)問には有効な回答がない",
    r"(?P<items_not_asked>N)問は質問していない",
    r"(?P<items_missing>N)問で(?P<missing_low>N)(?:～(?P<missing_high>N))?人",
    r"figures\.xlsx にある（(?P<items_uncertain>N)問）",
    r"(?P<items_blank>N)問は[^。]*で有効な回答がない",
    r"は(?P<items_blank__sessions>N)回で有効な回答がない",
    r"(?P<items_not_asked>N)問は[^。]*で質問していない",
    r"は(?P<items_not_asked__sessions>N)回で質問していない",
    r"(?P<items_mixed>N)問は回によって数え方が違う",
    # several sessions
    r"割合は、(?P<shares>N)の(?:うち(?P<full>N)が(?P<words>100)%|すべてが(?P<words_2>100)%|どれも)",
    r"割合は(?:(?P<lowest>N)%(?:、(?P<people_below>N)/(?P<valid_below>N)人)?"
    r"|(?P<people_below_2>N)/(?P<valid_below_2>N)人)",
    r"<item>＊?が(?P<sessions_below>N)回（"
    + _RANGE.format("low", "high")
    + r"、(?:数え方の違う回を含む|延べ(?P<people_below>N)/(?P<valid_below>N)人)）",
    r"のは(?P<below>N)問にある",
    r"と同じ割合の(?P<lowest_more>N)つ",
    r"大きいのは<item>[^。]*?（" + _RANGE.format("widest_low", "widest_high") + "）",
    # what does not count
    r"行 (?P<rows>N)（",
    r"<value>(?P<rows_of_value>N)",
    r"出し直し (?P<superseded>N)",
    r"同じ時刻の同じ答え (?P<identical>N)",
    r"申し出により除いた (?P<withdrawn>N)",
    r"読まなかった列 (?:延べ)?(?P<dropped>N)",
    # figures of an earlier report
    r"表にある(?P<compared>N)個の割合のうち、(?P<agreeing>N)個は",
    r"公表された報告の(?P<reported>N)回、(?P<figures>N)件の値",
    r"矛盾は(?P<found__contradictions>N)件",
    r"見てほしいことは(?P<found__others>N)件",
)
