"""What ``outputs/`` shows after a batch: which files come, which go, and what the manifest says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dxeval.report.job import Failure, Job, Made, sha256
from dxeval.report.manifest import Manifest, Record, versions
from dxeval.report.places import (
    MANIFEST,
    failed_file,
    notebook_file,
    page_file,
    prints,
    table_names,
)
from dxeval.report.site.links import INDEX, REPORT, Frame
from dxeval.report.staging import Staging


class Edition:
    """The pages that there will be, staged one by one and shown together by ``publish``.

    State: ``records`` of those pages by id, at first of the ``kept`` ones; the staging, which holds
    the new files and remembers what is to be removed.
    """

    def __init__(
        self, staging: Staging, shown: Mapping[str, Record], kept: Mapping[str, Record]
    ) -> None:
        """Begin with what is ``shown`` now; what of it is not ``kept`` is to be removed."""
        self.staging = staging
        self.records = dict(kept)
        for page_id in shown.keys() - kept.keys():
            staging.set_aside(*prints(page_id))
            staging.remove(*shown[page_id].outputs)

    def forget(self, page_ids: Iterable[str]) -> None:
        """Have what is kept of failures removed, of pages that are to be no more."""
        self.staging.remove(*map(failed_file, page_ids))

    def put(self, job: Job, made: Made) -> None:
        """Take a page that was made; its older files go."""
        if not self._shows(job.id, made.outputs):
            self.staging.set_aside(*prints(job.id))
        self._remove_old(job.id)
        self.staging.remove(failed_file(job.id))
        outputs = self._stage(made.outputs)
        record = Record(job.inputs, versions(), outputs, job.frame, made.answered)
        self.records[job.id] = record

    def withdraw(self, page_id: str, failure: Failure) -> None:
        """Take out a page that could not be made; keep the notebook that failed, if one did."""
        self.staging.set_aside(*prints(page_id))
        self._remove_old(page_id)
        self.records.pop(page_id, None)
        if failure.notebook is None:
            self.staging.remove(failed_file(page_id))
        else:
            self._stage({failed_file(page_id): failure.notebook})

    def relink(self, page_id: str, frame: Frame, html: bytes) -> None:
        """Take a page's HTML with other links or another title around the same notebook."""
        outputs = self._stage({page_file(page_id): html})
        record = self.records[page_id]
        if record.frame.title != frame.title:  # links between pages are not printed
            self.staging.set_aside(*prints(page_id))
        self.records[page_id] = replace(record, frame=frame, outputs=record.outputs | outputs)

    def put_index(self, html: bytes) -> None:
        """Take the index page."""
        if not self._shows(INDEX, {page_file(INDEX): html}):
            self.staging.set_aside(*prints(INDEX))
        outputs = self._stage({page_file(INDEX): html})
        self.records[INDEX] = Record({}, versions(), outputs, Frame(""))

    def put_one_file(self, html: bytes, inputs: dict[str, str]) -> None:
        """Take the page that holds all others; its print is the whole report's, which they rule."""
        outputs = self._stage({page_file(REPORT): html})
        self.records[REPORT] = Record(inputs, versions(), outputs, Frame(""))

    def page(self, page_id: str) -> bytes:
        """Return a page's HTML, new or kept."""
        return self.staging.read(page_file(page_id))

    def notebook(self, page_id: str) -> bytes:
        """Return a page's executed notebook, new or kept."""
        return self.staging.read(notebook_file(page_id))

    def tables(self) -> list[str]:
        """Return the names of the files of figures."""
        return table_names(name for record in self.records.values() for name in record.outputs)

    def publish(self, order: Sequence[str], failures: Mapping[str, Failure]) -> None:
        """Show the new files of the pages in that order, and the manifest last."""
        failed = {page_id: failure.kind for page_id, failure in failures.items()}
        self.staging.add(MANIFEST, Manifest(self.records, failed).text().encode())
        names = [failed_file(page_id) for page_id in order]
        names += [name for page_id in order for name in self._outputs(page_id)]
        self.staging.promote([*names, MANIFEST])

    def _outputs(self, page_id: str) -> Iterable[str]:
        return self.records[page_id].outputs if page_id in self.records else ()

    def _remove_old(self, page_id: str) -> None:
        """Remove what may be there of a page's earlier making, recorded or not."""
        files = (page_file(page_id), notebook_file(page_id), *self._outputs(page_id))
        self.staging.remove(*files)

    def _shows(self, page_id: str, files: Mapping[str, bytes]) -> bool:
        """Whether a page looks as it does in ``files``, so that its prints are still of it."""
        shown = self.records[page_id].outputs if page_id in self.records else {}
        name = page_file(page_id)
        return name in files and shown.get(name) == sha256(files[name])

    def _stage(self, files: Mapping[str, bytes]) -> dict[str, str]:
        for name, content in files.items():
            self.staging.add(name, content)
        return {name: sha256(content) for name, content in files.items()}
