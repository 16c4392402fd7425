"""What the bureau sent back comes in: shown beside the unit's own filings, and kept there when a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from perfdesk.errors import UserError
from ui.messages import remarks as words

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.model.sent_back import SentBack
    from ui.main_window import MainWindow


def take_in(window: MainWindow, file: Path, sent: SentBack) -> None:
    """Asks; what was taken in before is only told. The first filing that something is said about is opened."""
    from perfdesk.commands.sent_back import beside, keep, trust_signer
    from perfdesk.pack_trust import trusted
    from ui.dialogs.sent_back import SentBackDialog

    space = window.workspace
    if (store := space.store) is None:
        return
    data = store.vault.folder
    try:
        found = beside(store, sent, file.name)
        if found.again:
            window.notice.tell(words.AGAIN_TAKEN)
            return
        dialog = SentBackDialog(found, trusted(data), window.look, window)
        window.office.help_in(dialog, "remarks")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not accepted:
            return
        if dialog.trust.isChecked() and sent.receipt is not None:
            trust_signer(data, sent.receipt, sent.receipt.fingerprint, trusted(data))
        keep(store, found, file.name)
    except UserError as error:
        window.tell_error(error)
        return
    _show(window, found.unit, sent, [i for i in found.filings if i is not None])
    window.notice.tell(words.taken(len(sent.remarks)))


def _show(window: MainWindow, unit: str, sent: SentBack, filings: list[int]) -> None:
    space = window.workspace
    if not filings:
        space.choose(unit, sent.year)
        return
    meant = {i.id: i.remarks or 0 for i in space.all_infos() if i.id in filings}
    first = max(filings, key=lambda i: meant.get(i, 0))
    here = space.open_id
    space.open(here if here is not None and meant.get(here) else first)
    window.show_findings()
