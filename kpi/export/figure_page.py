"""The page in the browser that figures are drawn on."""

from pathlib import Path

import kaleido

from kpi.export.fonts import SANS, SANS_BOLD, SERIF
from kpi.export.plotly_script import plotly_script


class FigurePage:
    """The page figures are drawn on: Plotly with our fonts, and nothing from the network."""

    def generate_index(self) -> str:
        """The page's HTML."""
        faces = "".join(
            f'@font-face{{font-family:"{name}";font-weight:{face.weight};'
            f'src:url("{face.path.as_uri()}")}}'
            for face in (SANS, SANS_BOLD, SERIF)
            # Both names: figures ask for the first, which a machine may have in another edition.
            for name in (face.family, face.family.removesuffix(" Pro"))
        )
        scopes = Path(kaleido.__file__).parent / "vendor" / "kaleido_scopes.js"
        # Letters in each face, so that it is loaded before Plotly measures texts with it.
        letters = "".join(
            f"<span style='font-family:\"{name}\";font-weight:{weight}'>a</span>"
            for name in ("Source Sans", "Source Sans Pro")
            for weight in (400, 700)
        )
        return (
            '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Spor</title>'
            f'<style id="head-style"></style><style>{faces}</style>'
            f"{plotly_script()}"
            f'<script src="{scopes.as_uri()}"></script></head>'
            '<body style="margin:0"><img id="kaleido-image" alt="">'
            f'<div style="visibility:hidden">{letters}</div></body></html>'
        )
