# SPDX-License-Identifier: GPL-3.0-or-later
"""stored: the file `net` of a model's folder, written and read. The format, little-endian:

  8 bytes "pasnet1\\n"; u32 inputs, outputs (states in the order of the folder's mdef), layers
  f32 mean[inputs], scale[inputs]: x = (c - mean of c over the utterance - mean) * scale
  per layer: u32 in, out, width (odd), dilation, relu (0 or 1); f32 bias[out], scale[out];
    i8 weight[out][width][in]:
    y[t][o] = bias[o] + scale[o] * sum of weight[o][k][i] * x[t + (k - width / 2) * dilation][i],
    zeros outside the utterance at every layer, then max(0, y) if relu
  u64 FNV-1a of all bytes before it

The last layer's bias has the log prior of the states subtracted."""
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC = b"pasnet1\n"


@dataclass
class Layer:
    weight: np.ndarray  # [out][width][in]; int8 with `scale`, or float with ones
    scale: np.ndarray
    bias: np.ndarray
    dilation: int
    relu: bool


@dataclass
class StoredNet:
    mean: np.ndarray
    scale: np.ndarray
    layers: list[Layer]

    def scores(self, cepstra: np.ndarray) -> np.ndarray:
        """Scores [frame][output] of an utterance's cepstra, their mean still in them."""
        x = (cepstra - cepstra.mean(axis=0, dtype=np.float64) - self.mean) * self.scale
        x = x.astype(np.float32)
        for layer in self.layers:
            outputs, width, _ = layer.weight.shape
            reach = width // 2 * layer.dilation
            wide = np.pad(x, ((reach, reach), (0, 0)))
            y = np.zeros((len(x), outputs), dtype=np.float32)
            for k in range(width):
                at = k * layer.dilation
                y += wide[at : at + len(x)] @ layer.weight[:, k].astype(np.float32).T
            x = y * layer.scale + layer.bias
            if layer.relu:
                x = np.maximum(x, 0)
        return x


def checksum(data: bytes) -> int:
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def quantised(net: StoredNet) -> StoredNet:
    """Weights in a signed byte, a scale for each output."""
    layers = []
    for layer in net.layers:
        most = np.abs(layer.weight).max(axis=(1, 2))
        scale = np.maximum(most, 1e-12) / 127
        weight = np.rint(layer.weight / scale[:, None, None]).astype(np.int8)
        layers.append(Layer(weight, scale.astype("<f4"), layer.bias.astype("<f4"), layer.dilation,
                            layer.relu))
    return StoredNet(net.mean, net.scale, layers)


def write(net: StoredNet, file: Path) -> None:
    data = bytearray(MAGIC)
    outputs = len(net.layers[-1].bias)
    data += struct.pack("<3I", len(net.mean), outputs, len(net.layers))
    data += net.mean.astype("<f4").tobytes() + net.scale.astype("<f4").tobytes()
    for layer in net.layers:
        out, width, inputs = layer.weight.shape
        data += struct.pack("<5I", inputs, out, width, layer.dilation, layer.relu)
        data += layer.bias.astype("<f4").tobytes() + layer.scale.astype("<f4").tobytes()
        data += layer.weight.astype(np.int8).tobytes()
    data += struct.pack("<Q", checksum(bytes(data)))
    file.write_bytes(data)


def read(file: Path) -> StoredNet:
    data = file.read_bytes()
    if data[:8] != MAGIC or struct.unpack("<Q", data[-8:])[0] != checksum(data[:-8]):
        raise SystemExit(f"not a whole net: {file}")
    inputs, _, count = struct.unpack_from("<3I", data, 8)
    at = 20

    def floats(number: int) -> np.ndarray:
        nonlocal at
        at += 4 * number
        return np.frombuffer(data, "<f4", number, at - 4 * number)

    mean, scale = floats(inputs), floats(inputs)
    layers = []
    for _ in range(count):
        inp, out, width, dilation, relu = struct.unpack_from("<5I", data, at)
        at += 20
        bias, factor = floats(out), floats(out)
        weight = np.frombuffer(data, "i1", out * width * inp, at).reshape(out, width, inp)
        at += weight.size
        layers.append(Layer(weight, factor, bias, dilation, bool(relu)))
    return StoredNet(mean, scale, layers)
