"""From the text of a passage to what it says: its findings, sentence by sentence, and figures."""

from .batch import TagInput
from .encoder.encoder import Encoder
from .findings import Tagged
from .tagger import Tagger

__all__ = ["Encoder", "TagInput", "Tagged", "Tagger"]
