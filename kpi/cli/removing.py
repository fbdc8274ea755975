"""The command `purge`: what it answers when something is removed for good."""

import argparse
from dataclasses import asdict
from typing import Any

from kpi.domain.format import counted
from kpi.domain.wording import listing
from kpi.store.kept_files import KEPT_NAMES, KeptKind, remove_kept
from kpi.store.purging import Purged, purge, purge_claim, purge_entry


def purge_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Removes what is asked for; what was removed, and where it may still be."""
    if options.recipe is not None:
        return _kept("recipes", options.recipe, options)
    if options.pack is not None:
        return _kept("packs", options.pack, options)
    if options.draft is not None:
        from kpi.export.drafts import writing_drafts

        with writing_drafts():  # who saves it just now would bring it back
            return _kept("drafts", options.draft, options)
    if options.batch is None:
        return _entered(options)
    done = purge(options.batch, options.by, options.why)
    # Papers take a second to load, which the other commands are spared.
    from kpi.export.saved import packs_about

    packs = packs_about(done.indicator_ids, done.known_from)
    answer = asdict(done) | {"indicator_ids": sorted(done.indicator_ids), "packs": packs}
    return answer, _text(done, packs)


def _kept(kind: KeptKind, name: str, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    left = remove_kept(kind, name, options.by, options.why)
    answer = f"{KEPT_NAMES[kind]} er slettet. {_COPIES}"
    if kind == "drafts":
        answer += " Bed dem, der har den åben, om at lukke siden: ellers gemmer de den igen."
    return {"left": left}, answer


def _entered(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    if options.claim is not None:
        done = purge_claim(options.claim, options.by, options.why)
    else:
        done = purge_entry(options.entry, options.by, options.why)
    answer = asdict(done) | {"indicator_ids": []}
    numbers = listing([str(entry_id) for entry_id in done.entry_ids])
    several = len(done.entry_ids) > 1
    lines = [
        f"{'Registreringerne' if several else 'Registrering'} nr. {numbers} er slettet for altid. "
        f"{counted(done.rewritten_versions, 'tidligere udgave er', 'tidligere udgaver er')} "
        f"skrevet om; udgave {done.version} gælder. Det, som tal fra tidligere dage stadig er om, "
        "står uden tekst.",
        *_elsewhere(done),
    ]
    return answer, "\n".join(lines)


_COPIES = (
    "Slet det selv, hvor Spor ikke kan nå det: i sikkerhedskopier (»backup«) og i filer, der er "
    "hentet eller sendt."
)


def _elsewhere(done: Purged) -> list[str]:
    """Where what was entered may still be, and what to do."""
    lines = [_COPIES]
    if done.backups:
        lines.append(f"Sikkerhedskopier, der kan rumme det: {listing([*done.backups])}.")
    if done.copies:
        lines.append(f"Mapper ved siden af, der kan rumme det: {listing([*done.copies])}.")
    return [*lines, "Genstart Spor, så også gamle faner er væk fra hukommelsen."]


def _text(done: Purged, packs: list[str]) -> str:
    numbers = listing([str(batch_id) for batch_id in done.batch_ids])
    several = len(done.batch_ids) > 1
    lines = [
        f"{'Indlæsningerne' if several else 'Indlæsning'} nr. {numbers} er slettet for altid: "
        f"{counted(done.originals, 'original fil', 'originale filer')} og alle dens rækker. "
        f"{counted(done.rewritten_versions, 'tidligere udgave er', 'tidligere udgaver er')} "
        f"skrevet om; udgave {done.version} gælder.",
    ]
    if done.deleted_versions:
        lines.append(
            f"{counted(done.deleted_versions, 'udgave', 'udgaver')} af et tidligere program "
            "eller med skader kunne ikke skrives om og er slettet helt."
        )
    lines.append(
        "Slet selv filen, hvor Spor ikke kan nå den: i sikkerhedskopier (»backup«) og i filer, der "
        "er hentet eller sendt."
    )
    if done.backups:
        lines.append(
            f"Sikkerhedskopier, der kan indeholde den: {listing([*done.backups])}. Lægges en af "
            "dem på plads her (»restore«), slettes filen af den igen."
        )
    if done.copies:
        lines.append(
            f"Mapper ved siden af databasen, der kan indeholde den: {listing(list(done.copies))}."
        )
    if done.recipes:
        lines.append(
            "Opskrifter, der er lavet af filen eller brugt til den, kan rumme dens navn og ord. Se "
            f"dem igennem, og slet dem, der ikke skal bruges: {listing(list(done.recipes))}."
        )
    if packs:
        lines.append(
            "Gemte pakker med nøgletallene; hent dem igen, og slet de gamle filer: "
            + "; ".join(packs) + "."
        )  # fmt: skip
    lines.append("Genstart Spor, så også ventende filer og gamle faner er væk fra hukommelsen.")
    return "\n".join(lines)
