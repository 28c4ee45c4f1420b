"""A copy brought about for the analyst: new, as it was left, or made anew; and what to say."""

from dxeval.lab.chosen import Chosen
from dxeval.lab.copies import find_copy, template_of, write_copy
from dxeval.workspace import Workspace


def bring(workspace: Workspace, chosen: Chosen) -> str:
    """See that the copy is there and return what to say; one that was edited is never written.

    Raises TemplateError where template or copy is no notebook, OSError.
    """
    copy = find_copy(workspace.root / chosen.copy, chosen.copy)
    template = template_of(workspace, chosen.template)
    if copy is None:
        write_copy(workspace, chosen, template)
        return (
            f"{chosen.copy} を作りました。{chosen.template} の写しで、"
            "git にも入らず、ページにも使われません。"
        )
    outdated = copy.template == chosen.template and copy.outdated(template)
    if not copy.edited:
        if outdated:
            write_copy(workspace, chosen, template)
            return f"{chosen.template} が変わっていたので、{chosen.copy} を作り直しました。"
        return f"{chosen.copy}（{chosen.template} の写し）を開きます。"
    said = f"{chosen.copy} を、書きかえてあるまま開きます。始めからにするには、消してください。"
    if outdated:
        said += f"\n注意：{chosen.template} は、この写しを作ったあとで変わっています。"
    return said
