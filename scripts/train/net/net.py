# SPDX-License-Identifier: GPL-3.0-or-later
"""net: cepstra to scores of states: convolutions over time, as matrix products.

Utterances stand one after the other in one long table with GAP rows of zeros between them; the mask
is 1 on their rows. It sets the gaps to zero again after each layer: so each utterance sees zeros
before its beginning and after its end, at every layer, as the program's own reader does."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from stored import Layer

LAYERS = ((5, 1), (3, 2), (3, 3), (3, 3), (1, 1))  # frames, and how far apart
GAP = 3  # the farthest that one layer looks


class TimeLayer(nn.Module):
    """A convolution over time, normalised over the batch, its negative part cut off."""

    def __init__(self, inputs: int, outputs: int, frames: int, apart: int, dropout: float):
        super().__init__()
        self.frames, self.apart = frames, apart
        self.product = nn.Linear(frames * inputs, outputs, bias=False)
        nn.init.kaiming_normal_(self.product.weight, nonlinearity="relu")
        self.norm = nn.BatchNorm1d(outputs)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        reach = self.frames // 2 * self.apart
        if reach:
            wide = F.pad(x, (0, 0, reach, reach))
            x = torch.cat([wide[k * self.apart : k * self.apart + len(x)] for k in range(self.frames)], 1)
        return self.dropout(torch.relu(self.norm(self.product(x)))) * mask

    @torch.no_grad()
    def folded(self) -> Layer:
        """As it is stored, its norm, as measured in training, in weights and bias; not yet in bytes."""
        factor = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weight = (self.product.weight * factor[:, None]).numpy()
        bias = (self.norm.bias - self.norm.running_mean * factor).numpy()
        return Layer(weight.reshape(len(bias), self.frames, -1), np.ones_like(bias), bias, self.apart, True)


class Net(nn.Module):
    """Normalised cepstra (a row a frame) to a score for each state, not yet without the prior."""

    def __init__(self, inputs: int, outputs: int, width: int = 160, dropout: float = 0.1):
        super().__init__()
        sizes = [inputs] + [width] * len(LAYERS)
        self.width = width
        self.layers = nn.ModuleList(
            TimeLayer(sizes[i], width, frames, apart, dropout if i + 1 < len(LAYERS) else 0.0)
            for i, (frames, apart) in enumerate(LAYERS)
        )
        self.last = nn.Linear(width, outputs)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x, mask)
        return self.last(x)
