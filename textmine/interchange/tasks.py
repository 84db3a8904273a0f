"""Tasks for labelling: Label Studio's JSON and Prodigy's JSON lines, a passage each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final
from xml.sax.saxutils import quoteattr

from corpus.errors import DataError

from .codes import guid
from .model import POLARITIES, TIMINGS, CodedText, Coding, pieces, polarity_of, timing_of
from .untrusted import WRONG, position_of, read_bytes, string_of

_REJECTED: Final = "rejected"


def write_label_studio(texts: Iterable[CodedText], sink: IO[bytes]) -> None:
    """Write tasks for Label Studio: predictions by the machine, annotations by people."""
    between = "["
    for text in texts:
        for piece in pieces(text):
            sink.write(f"{between}\n{json.dumps(_task(piece), ensure_ascii=False)}".encode())
            between = ","
    sink.write(b"[]\n" if between == "[" else b"\n]\n")


def label_studio_config(themes: Iterable[str]) -> str:
    """The labelling interface for such tasks, to paste into the settings of a project."""
    labels = "".join(f"<Label value={quoteattr(theme)}/>" for theme in themes)
    return (
        f'<View><Labels name="theme" toName="text">{labels}</Labels>\n'
        f"{_choices('polarity', POLARITIES)}{_choices('timing', TIMINGS)}"
        f"{_choices('verdict', (_REJECTED,))}"
        '<Text name="text" value="$text"/></View>\n'
    )


def _choices(name: str, values: Iterable[str]) -> str:
    choices = "".join(f'<Choice value="{value}"/>' for value in values)
    return f'<Choices name="{name}" toName="text" perRegion="true">{choices}</Choices>\n'


def _task(text: CodedText) -> dict[str, Any]:
    known = {"name": text.name, "sha256": text.sha256, "offset": text.offset}
    machine = [each for each in text.codings if each.who is None]
    people = [each for each in text.codings if each.who is not None]
    return {
        "data": {"text": text.text, **known, **text.attributes},
        "predictions": [_results(text, machine, "model_version", "textmine")] if machine else [],
        "annotations": [_results(text, people, "lead_time", 0)] if people else [],
    }


def _results(text: CodedText, codings: Iterable[Coding], key: str, value: Any) -> dict[str, Any]:
    results = []
    for number, coding in enumerate(codings):
        place = {"start": coding.start, "end": coding.end}
        where = {**place, "text": text.text[coding.start : coding.end]}
        region = guid("region", text.sha256 or text.name, str(text.offset), key, str(number))[:13]
        shared = {"id": region, "to_name": "text"}
        value_of = {**where, "labels": [coding.theme]}
        labels: dict[str, Any] = {"from_name": "theme", "type": "labels", "value": value_of}
        if coding.who is not None:
            more = {"coder": coding.who, "made_at": coding.made_at}
            labels["meta"] = {"text": [coding.why], **more}
        results.append({**shared, **labels})
        said = {
            "polarity": coding.polarity,
            "timing": coding.timing,
            "verdict": _REJECTED if coding.rejected else None,
        }
        results += [
            {**shared, "from_name": name, "type": "choices", "value": {**where, "choices": [each]}}
            for name, each in said.items()
            if each
        ]
    return {key: value, "result": results}


def read_label_studio(path: Path) -> Iterator[CodedText]:
    """The tasks of a file that Label Studio exported as JSON, with what people annotated."""
    tasks = _loaded(path, read_bytes(path))
    if not isinstance(tasks, list):
        raise DataError(f"{path} is not a list of tasks; export it as JSON")
    for task in tasks:
        try:
            data = task["data"]
            codings = tuple(
                coding
                for annotation in task.get("annotations", ())
                if not annotation.get("was_cancelled")
                for coding in _annotated(annotation)
            )
            coded = _text_of(data["text"], codings, data)
        except WRONG as error:
            raise DataError(f"{path}: a task is not as Label Studio exports it: {error}") from error
        yield coded


def _annotated(annotation: dict[str, Any]) -> Iterator[Coding]:
    by = annotation.get("completed_by", "")
    coder = by.get("email", "") if isinstance(by, dict) else str(by)
    regions: dict[str, dict[str, Any]] = {}
    for result in annotation.get("result", ()):
        region = regions.setdefault(str(result["id"]), {})
        region[result["from_name"]] = result
    for region in regions.values():
        labels = region.get("theme")
        if labels is None:
            continue
        meta, value = labels.get("meta", {}), labels["value"]
        said = {
            name: region[name]["value"]["choices"][0]
            for name in ("polarity", "timing", "verdict")
            if name in region
        }
        for theme in value["labels"]:
            yield Coding(
                start=position_of(value["start"]),
                end=position_of(value["end"]),
                theme=string_of(theme),
                polarity=polarity_of(said.get("polarity")),
                timing=timing_of(said.get("timing")),
                rejected=said.get("verdict") == _REJECTED,
                who=str(meta.get("coder") or coder),
                why=" ".join(filter(None, meta.get("text", ()))),
                made_at=str(meta.get("made_at") or annotation.get("created_at", "")),
            )


def write_prodigy(texts: Iterable[CodedText], sink: IO[bytes]) -> None:
    """Write tasks for Prodigy, a line each."""
    for text in texts:
        for piece in pieces(text):
            known = {"name": piece.name, "sha256": piece.sha256, "offset": piece.offset}
            spans = [_span(each) for each in piece.codings]
            task = {"text": piece.text, "spans": spans, "meta": {**known, **piece.attributes}}
            sink.write(json.dumps(task, ensure_ascii=False).encode() + b"\n")


def _span(coding: Coding) -> dict[str, Any]:
    span = {
        "start": coding.start,
        "end": coding.end,
        "label": coding.theme,
        "polarity": coding.polarity,
        "timing": coding.timing,
        "who": coding.who,
        "why": coding.why,
        "made_at": coding.made_at,
        "rejected": coding.rejected,
    }
    kept = {"start", "end", "label"}
    return {name: value for name, value in span.items() if value or name in kept}


def read_prodigy(path: Path) -> Iterator[CodedText]:
    """The tasks of a file of JSON lines; of those that were answered, the accepted ones."""
    for line in read_bytes(path).split(b"\n"):
        if not line.strip():
            continue
        task = _loaded(path, line)
        try:
            answer = task.get("answer")
            if answer not in {None, "accept"}:
                continue
            # Who accepts a task says all that stands in it.
            coder = str(task.get("_annotator_id", "")) if answer else None
            codings = tuple(
                Coding(
                    start=position_of(each["start"]),
                    end=position_of(each["end"]),
                    theme=string_of(each["label"]),
                    polarity=polarity_of(each.get("polarity")),
                    timing=timing_of(each.get("timing")),
                    rejected=bool(each.get("rejected")),
                    who=_coder(each.get("who", coder)),
                    why=str(each.get("why", "")),
                    made_at=str(each.get("made_at", "")),
                )
                for each in task.get("spans", ())
            )
            coded = _text_of(task["text"], codings, task.get("meta", {}))
        except WRONG as error:
            raise DataError(f"{path}: a line is not a task of Prodigy: {error}") from error
        yield coded


def _coder(value: object) -> str | None:
    return None if value is None else string_of(value)


def _loaded(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is not JSON: {error}") from error


def _text_of(whole: object, codings: tuple[Coding, ...], known: dict[str, Any]) -> CodedText:
    return CodedText(
        name=string_of(known.get("name") or ""),
        text=string_of(whole),
        codings=codings,
        sha256=string_of(known.get("sha256") or "") or None,
        offset=position_of(known.get("offset") or 0),
    )
