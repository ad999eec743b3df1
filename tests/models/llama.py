"""A true llama.cpp server on loopback with a random model of 0.3 MB that is written here: no download, up in a moment.

What it says is noise; how it says it (grammars, tool calls, context overflow, errors) is llama.cpp's own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from gguf import GGUFWriter

WIDTH, HEADS, HIDDEN = 64, 4, 96
BYTES = [f"<0x{number:02X}>" for number in range(256)]
LETTERS = ["▁", "\n", *(chr(number) for number in range(33, 127))]
"""Grammars need words that are text."""
VOCABULARY = ["<unk>", "<s>", "</s>", *BYTES, *LETTERS]


def write_model(path: Path, context: int = 2048) -> None:
    """One layer of the llama architecture over single letters and bytes, with random weights that are always the same."""
    from gguf import GGUFWriter

    random = np.random.default_rng(7)
    writer = GGUFWriter(str(path), "llama")
    writer.add_name("random")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    _add_words(writer)
    shapes = {
        "token_embd.weight": (len(VOCABULARY), WIDTH),
        "output.weight": (len(VOCABULARY), WIDTH),
        "blk.0.ffn_gate.weight": (HIDDEN, WIDTH),
        "blk.0.ffn_up.weight": (HIDDEN, WIDTH),
        "blk.0.ffn_down.weight": (WIDTH, HIDDEN),
        **{f"blk.0.attn_{name}.weight": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")},
    }
    for name, shape in shapes.items():
        weights = random.normal(0, 0.3, shape).astype(np.float32)
        if name == "output.weight":
            weights[VOCABULARY.index("</s>")] = 0  # never among the likely words: it goes on until a grammar or a limit ends it
        writer.add_tensor(name, weights)
    for name in ("output_norm.weight", "blk.0.attn_norm.weight", "blk.0.ffn_norm.weight"):
        writer.add_tensor(name, np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_words(writer: "GGUFWriter") -> None:
    normal, unknown, control, byte = 1, 2, 3, 6
    writer.add_tokenizer_model("llama")
    writer.add_token_list(VOCABULARY)
    writer.add_token_scores([0.0] * len(VOCABULARY))
    writer.add_token_types([unknown, control, control, *[byte] * len(BYTES), *[normal] * len(LETTERS)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)


@contextmanager
def llama_server(folder: Path, *, context: int = 2048, embedding: bool = False) -> Iterator[str]:
    """The URL of the server, up to and with `/v1`; skips where the wheel cannot be had, except in CI."""
    if not os.environ.get("CI"):
        pytest.importorskip("xllamacpp", reason="no wheel of llama.cpp for this platform")
    import xllamacpp

    model = folder / "random.gguf"
    write_model(model, context)
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = {"random"}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.warmup = False
    params.embedding = embedding
    if embedding:
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    params.verbosity = -1
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
