"""The commands of a file of figures: check, publish and withdraw."""

import argparse
from pathlib import Path
from typing import Any

from kpi.cli.arguments import WrongUsageError
from kpi.cli.file_answers import check_answer, check_text
from kpi.cli.reading import file_to_write, read_file, shown_path
from kpi.domain.format import counted
from kpi.domain.personal import refuse_personal_texts
from kpi.ingest.checked import Checked
from kpi.ingest.containers.own_limits import CPU_SECONDS, PUBLISHING_TIMES, within_limits
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.mapping.recipe_sections import RecipeError
from kpi.ingest.readers.archive import member
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import changes_file, check_file, publish, recipe_folders, withdraw
from kpi.system.writing import write_whole
from kpi.views.kept import kept_words
from kpi.views.upload_counts import guarded_words, nothing_new, recoverable_words


def _upload(options: argparse.Namespace) -> tuple[Upload, Choices]:
    """The file and what was said of it; wrong usage where either cannot be read."""
    refuse_personal_texts(
        *filter(None, (options.source, options.sheet, options.measure, options.indicator,
                       options.period, options.area, options.group))
    )  # fmt: skip
    constant = {"period": options.period, "area": options.area, "group": options.group}
    upload = read_file(Path(options.file))
    if options.member is not None:
        upload = member(upload, options.member)
    try:
        recipe = find_recipe(options.recipe, recipe_folders()) if options.recipe else None
    except RecipeError as error:
        raise WrongUsageError(error.title, error.message) from error
    return upload, Choices(
        recipe, options.source, options.decimal, options.sheet, options.measure, options.scale,
        options.accept_recipe, options.indicator,
        {key: text.strip() for key, text in constant.items() if text and text.strip()},
    )  # fmt: skip


def check_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """Reads and checks a file; publishes nothing. The answer, its text and the code to end with."""
    upload, choices = _upload(options)
    out = file_to_write(options.changes) if options.changes else None
    with within_limits():
        checked = check_file(upload, choices)
    text = check_text(checked)
    if out is not None and checked.compared:
        with within_limits():
            changes = changes_file(upload, choices)
        out = write_whole(out, changes)
        text += f"\nÆndringerne er skrevet til {shown_path(out)}."
    return check_answer(checked), text, _code(checked, options.strict)


def _code(checked: Checked, strict: bool) -> int:
    return 0 if checked.publishable and not (strict and checked.problems) else 1


def publish_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """Checks a file and publishes what is new or changed. The answer, its text and the code."""
    upload, choices = _upload(options)
    if options.strict and (checked := check_file(upload, choices)).problems:
        return check_answer(checked), check_text(checked), _code(checked, options.strict)
    with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
        done = publish(upload, choices, options.by, options.note)
    answer = check_answer(done.checked)
    answer |= {"batch_id": done.batch_id, "version": done.version}
    text = check_text(done.checked)
    if done.batch_id is not None:
        text += f"\nUdgivet som indlæsning nr. {done.batch_id}, udgave {done.version}. "
        text = (text + kept_words(done.checked)).rstrip()
        if done.recoverable:
            answer["recoverable"] = done.recoverable
            text += f"\n{recoverable_words(done.recoverable)}"
        if done.hidden:
            answer["hidden"] = dict(done.hidden)
            text += f"\n{guarded_words(done.hidden, open_store().catalog())}"
    elif done.checked.publishable:
        text += f"\nDer er intet at udgive: {nothing_new(done.checked)}"
    return answer, text, _code(done.checked, strict=False)


def withdraw_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Withdraws a publication; the earlier figures are current again. The answer and its text."""
    done = withdraw(options.batch, options.by, options.why)
    answer = {"batch_id": done.batch_id, "version": done.version, "restored": done.restored}
    return answer, (
        f"Indlæsning nr. {done.batch_id} er fortrudt. "
        f"{counted(done.restored, 'tal er ændret', 'tal er ændret')}; "
        f"udgave {done.version} gælder."
    )
