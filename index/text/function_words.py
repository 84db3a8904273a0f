"""Words that join others and say nothing by themselves: no search turns on them alone."""

from __future__ import annotations

from typing import Final

NEGATIONS: Final = frozenset(
    """
    no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent
    wasnt werent wont wouldnt couldnt shouldnt havent hasnt hadnt hardly rarely seldom lack lacks
    lacking
    """.split()
)
"""What turns a statement round. Of these `lack` and the rare ones are words to search for too."""

FUNCTION_WORDS: Final = frozenset(
    """
        a an the this that these those some any each every either both all such other others same
        i me my we us our ours you your yours he him his she her hers it its they them their theirs
        one ones who whom whose which what when where why how there here
        and or but if then than so because while although though as until
        of to in on at by for from with within into onto about over under between among through
        during before after against towards toward upon per via up out off down again
        am is are was were be been being do does did done doing have has had having
        will would shall should can could may might must ought
        get gets getting got gotten go goes going happen happens happened happening
        very too much many enough few lot lots just only
        also even really still yet ever always often quite
        more most less least well tell show find please know anything something everything
        """.split()
) | NEGATIONS - frozenset("lack lacks lacking rarely seldom".split())
"""Forms that a plain question need not find in a passage."""
