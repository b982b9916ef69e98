# SPDX-License-Identifier: GPL-3.0-or-later
"""side_by_side: several processes train the same net, each on its own part of a batch. One thread each
is much faster than several threads in one process where other programs want the processor too."""
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn


def join(rank: int, ranks: int, meeting: Path) -> None:
    """`meeting`: a file that is not there yet."""
    torch.set_num_threads(1)
    if ranks > 1:
        dist.init_process_group("gloo", init_method=f"file://{meeting.resolve()}", rank=rank, world_size=ranks)


def share_gradients(net: nn.Module, ranks: int) -> None:
    """Every process gets the mean of all gradients."""
    if ranks == 1:
        return
    gradients = [p.grad for p in net.parameters() if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    dist.all_reduce(flat)
    flat /= ranks
    at = 0
    for gradient in gradients:
        gradient.copy_(flat[at : at + gradient.numel()].view_as(gradient))
        at += gradient.numel()


def share_norms(net: nn.Module, ranks: int) -> None:
    """Every process gets the mean of what the batch norms measured."""
    if ranks > 1:
        for buffer in net.buffers():
            if buffer.is_floating_point():
                dist.all_reduce(buffer)
                buffer /= ranks
