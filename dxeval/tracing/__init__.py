"""Every number that is printed, read back out of its place and held against the answers.

1. ``known = Known.of(workspace, left_out)`` reads, once, all that numbers may be about.
2. ``numbers(html, known, page)`` (`pages`) yields each number of a page as ``Found``: the ``place``
   where it stands, ``text`` as printed, and the ``claim``, what it says of whom; None: an orphan.
3. ``basis(claim, known.answers)`` (`scoring.recount.basis`) computes it again from the scores of
   single sessions: ``texts`` that may stand there, ``count`` of ``n``; None: no such number. Claims
   in ``what.TEXTS`` are no figures: their ``of`` says where the text comes from.
"""
