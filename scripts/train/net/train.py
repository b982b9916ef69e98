# SPDX-License-Identifier: GPL-3.0-or-later
"""train: the net from the data that scripts/train-net laid out in a folder. First each frame is to
tell its state (cross-entropy); then the word that was said is to win against others (the log
posterior of its best path). What is best for the speakers left out is kept in run/best.pt. A run
that was stopped goes on from run/checkpoint.pt."""
import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import multiprocessing

from batches import IGNORED, Batches, disturb, lay
from corpus import CEPSTRA, Corpus, Phones, read_ways, read_words
from net import Net
from paths import Chains, Transitions, best, follow, word_scores
from side_by_side import join, share_gradients, share_norms
from vocabulary import Vocabulary

SMOOTHING = 0.05
RATE, DECAY = 3e-3, 0.01
WORDS, RIVALS, NEAR = 16, 40, 16  # of a step of the second part
MOST_WAYS = 3  # of a rival's pronunciations: the likeliest, and others by chance
ACOUSTIC, CROSS_ENTROPY = 0.15, 0.2
SECOND_RATE, AVERAGE = 6e-4, 0.99
PHRASES = 43
REPORT, KEEP = 50, 200  # steps


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--run", default="run", help="name of the folder for this run")
    parser.add_argument("--start", type=Path, help="begin with the weights of this checkpoint")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=160)
    parser.add_argument("--frames", type=int, default=6400)
    parser.add_argument("--sentences", type=float, default=1.0, help="share of them in an epoch")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--develop", type=int, default=150, help="clips of each kind to choose by")
    return parser.parse_args()


class Task:
    """All data, and the net."""

    def __init__(self, given: argparse.Namespace, rank: int):
        work = given.work
        self.given, self.rank, self.ranks = given, rank, given.processes
        torch.manual_seed(given.seed)
        self.phones = Phones.read(work / "phones")
        self.transitions = Transitions.read(work / "model")
        left_out = frozenset((work / "left-out").read_text().splitlines())
        self.draws = [Corpus(f, self.phones, left_out) for f in sorted((work / "draws").iterdir())]
        self.sentences = [Corpus(f, self.phones, left_out)
                          for f in sorted(work.glob("sentences*")) if given.sentences > 0]
        self.ways = {**read_ways(work / "recorded.tsv", self.phones),
                     **read_ways(work / "voices.tsv", self.phones),
                     **read_ways(work / "develop.tsv", self.phones)}
        self.vocabulary = Vocabulary(read_words(work / "words", self.phones))
        self.develop = [(f.name, Corpus(f, self.phones)) for f in sorted((work / "develop").iterdir())]
        self.scale = self._scale()
        self.batches = Batches([(c, 1.0) for c in self.draws] +
                               [(c, given.sentences) for c in self.sentences],
                               self.scale, given.frames // given.processes)
        self.net = Net(CEPSTRA, self.phones.states, given.width)
        torch.manual_seed(given.seed * 1000 + rank)  # what drops out differs
        self.log_prior = self._log_prior()
        self.folder = work / given.run
        self.folder.mkdir(exist_ok=True)
        self.best_share = -1.0

    def _scale(self) -> np.ndarray:
        """1 / deviation of each coefficient, from up to 2,000 draws."""
        some = [self.draws[k % len(self.draws)].cepstra(k // len(self.draws))
                for k in range(min(2000, sum(len(c) for c in self.draws)))
                if k // len(self.draws) < len(self.draws[k % len(self.draws)])]
        return (1 / np.concatenate(some).std(axis=0)).astype(np.float32)

    def _log_prior(self) -> torch.Tensor:
        counts = np.ones(self.phones.states)
        for corpus, share in zip(self.batches.corpora, self.batches.shares):
            for i in range(0, len(corpus), 3):
                counts += share * np.bincount(corpus.states(i), minlength=len(counts))
        return torch.from_numpy(np.log(counts / counts.sum()).astype(np.float32))

    def save(self, name: str, net: Net, **more: object) -> None:
        if self.rank != 0:
            return
        content = {"net": net.state_dict(), "width": self.given.width, "scale": self.scale,
                   "log_prior": self.log_prior, "phones": self.phones.names, **more}
        torch.save(content, self.folder / f"{name}.part")
        (self.folder / f"{name}.part").rename(self.folder / name)

    def log(self, text: str) -> None:
        if self.rank != 0:
            return
        line = f"{time.strftime('%H:%M:%S', time.gmtime())} {text}"
        print(line, flush=True)
        with open(self.folder / "log", "a") as file:
            file.write(line + "\n")


@torch.no_grad()
def scores_of(net: Net, log_prior: torch.Tensor, tables: list[np.ndarray]) -> list[np.ndarray]:
    net.eval()
    x, mask, starts = lay(tables)
    y = net(x, mask) - log_prior
    return [y[s : s + len(t)].numpy() for s, t in zip(starts, tables)]


def judge(task: Task, net: Net, label: str) -> None:
    """Share of right words among PHRASES, on the speakers left out; keeps the net if it is the best."""
    if task.rank != 0:
        return
    shares = []
    for name, corpus in task.develop:
        chance = np.random.default_rng(5)
        right = count = 0
        for i in chance.permutation(len(corpus))[: task.given.develop]:
            one = corpus.utterances[i]
            said = task.ways[one.speaker, one.text]
            rivals = task.vocabulary.rivals(said, PHRASES - 1, 0, chance)
            scores = scores_of(net, task.log_prior, [corpus.cepstra(i) * task.scale])[0]
            value = word_scores(scores, [said, *rivals], task.phones, task.transitions)
            right += int(value.argmax() == 0)
            count += 1
        shares.append(right / count)
    told = ", ".join(f"{name} {100 * share:.1f}" for (name, _), share in zip(task.develop, shares))
    task.log(f"{label}: right among {PHRASES}, speakers left out, per cent: {told}")
    if np.mean(shares) > task.best_share:
        task.best_share = float(np.mean(shares))
        task.save("best.pt", net, label=label, shares=shares)


def learn_states(task: Task, start: int, kept: dict) -> None:
    """The first part: cross-entropy, one cycle of the rate over all epochs."""
    net, given = task.net, task.given
    steps = task.batches.count() // task.ranks * given.epochs
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 2)
    if kept:
        optimiser.load_state_dict(kept["optimiser"])
        cycle.load_state_dict(kept["cycle"])
    done = cycle.last_epoch
    for epoch in range(start, given.epochs):
        net.train()
        loss_sum = right = seen = 0.0
        for x, mask, states in task.batches.epoch([given.seed, epoch], task.rank, task.ranks):
            y = net(x, mask)
            loss = F.cross_entropy(y, states, ignore_index=IGNORED, label_smoothing=SMOOTHING)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            share_gradients(net, task.ranks)
            optimiser.step()
            if done < steps:
                cycle.step()
            done += 1
            loss_sum += loss.item()
            right += (y.argmax(1) == states).float().sum().item()
            seen += (states >= 0).float().sum().item()
            if done % REPORT == 0:
                task.log(f"step {done} of {steps}: loss {loss_sum / REPORT:.3f}, "
                         f"states right {100 * right / seen:.1f} %")
                loss_sum = right = seen = 0.0
        share_norms(net, task.ranks)
        task.save("checkpoint.pt", net, part=1, epoch=epoch + 1, optimiser=optimiser.state_dict(),
                  cycle=cycle.state_dict(), best_share=task.best_share)
        judge(task, net, f"epoch {epoch + 1}")


class Words:
    """Draws of words by all corpora of draws together."""

    def __init__(self, task: Task):
        self.task = task
        self.places = [(c, i) for c in task.draws for i in range(len(c))]

    def draw(self, chance: np.random.Generator):
        """A batch: its table, mask, where each begins, and the words."""
        places = [self.places[k] for k in chance.integers(0, len(self.places), WORDS // self.task.ranks)]
        tables = [disturb(c.cepstra(i) * self.task.scale, chance) for c, i in places]
        return (*lay(tables), places)


def some_ways(ways: list[list[int]], chance: np.random.Generator) -> list[list[int]]:
    if len(ways) <= MOST_WAYS:
        return ways
    others = 1 + chance.choice(len(ways) - 1, MOST_WAYS - 1, replace=False)
    return [ways[0], *(ways[k] for k in others)]


def sequence_loss(task: Task, y: torch.Tensor, starts: list[int], places: list,
                  chance: np.random.Generator) -> tuple[torch.Tensor, int]:
    """Mean negative log posterior of the right words, and how many were not the best."""
    frames = torch.tensor([c.utterances[i].frames for c, i in places])
    longest = int(frames.max())
    padded = torch.cat([y, y.new_zeros(longest, y.shape[1])])
    scores = torch.stack([padded[s : s + longest] for s in starts]) - task.log_prior
    ways: list[list[int]] = []
    word_of: list[int] = []  # of each way; words are numbered through all utterances
    owner: list[int] = []
    first_word = [0]
    for u, (corpus, i) in enumerate(places):
        one = corpus.utterances[i]
        said = task.ways[one.speaker, one.text]
        rivals = task.vocabulary.rivals(said, RIVALS, NEAR, chance)
        for w, word in enumerate([said, *(some_ways(r, chance) for r in rivals)]):
            ways += word
            word_of += [first_word[-1] + w] * len(word)
            owner += [u] * len(word)
        first_word.append(first_word[-1] + 1 + len(rivals))
    chains = Chains(ways, task.phones.index["SIL"], task.transitions)
    owners = torch.tensor(owner)
    value, ends, moved = best(scores.detach(), frames, owners, chains)
    begins = np.flatnonzero(np.diff([-1] + word_of))
    bounds = list(begins) + [len(ways)]
    chosen = torch.tensor([b + int(value[b:e].argmax()) for b, e in zip(bounds, bounds[1:])])
    whose = owners[chosen]
    path = follow(chosen, ends, moved, frames[whose], chains)
    inside = torch.arange(longest)[None] < frames[whose][:, None]
    along = (scores[whose[:, None], torch.arange(longest)[None], path] * inside).sum(1)
    total = along + (value[chosen] - along.detach())  # with the transitions, as constants
    losses, wrong = [], 0
    for u in range(len(places)):
        of_word = ACOUSTIC * total[first_word[u] : first_word[u + 1]]
        losses.append(torch.logsumexp(of_word, 0) - of_word[0])
        wrong += int(of_word.argmax() != 0)
    return torch.stack(losses).mean(), wrong


def learn_words(task: Task, start: int, kept: dict) -> None:
    """The second part: words against words; the result is a running mean of the weights."""
    net, steps = task.net, task.given.steps
    optimiser = torch.optim.AdamW(net.parameters(), lr=SECOND_RATE, weight_decay=DECAY)
    mean = copy.deepcopy(net)
    if kept:
        optimiser.load_state_dict(kept["optimiser"])
        mean.load_state_dict(kept["mean"])
    words = Words(task)
    loss_sum = wrong_sum = 0.0
    for step in range(start, steps):
        chance = np.random.default_rng([task.given.seed, 1000, step, task.rank])
        for group in optimiser.param_groups:
            group["lr"] = SECOND_RATE * (1 - step / steps)
        net.train()
        for layer in net.layers:
            layer.norm.eval()  # few frames: keep the deviations of the first part
        x, mask, starts, places = words.draw(chance)
        states = torch.full((len(x),), IGNORED, dtype=torch.long)
        for s, (corpus, i) in zip(starts, places):
            said = corpus.states(i)
            states[s : s + len(said)] = torch.from_numpy(said)
        y = net(x, mask)
        loss, wrong = sequence_loss(task, y, starts, places, chance)
        both = loss + CROSS_ENTROPY * F.cross_entropy(y, states, ignore_index=IGNORED,
                                                      label_smoothing=SMOOTHING)
        optimiser.zero_grad(set_to_none=True)
        both.backward()
        share_gradients(net, task.ranks)
        optimiser.step()
        with torch.no_grad():
            for averaged, current in zip(mean.parameters(), net.parameters()):
                averaged.lerp_(current, 1 - AVERAGE)
        loss_sum, wrong_sum = loss_sum + loss.item(), wrong_sum + wrong
        if (step + 1) % REPORT == 0:
            task.log(f"word step {step + 1} of {steps}: loss {loss_sum / REPORT:.3f}, "
                     f"wrong {100 * wrong_sum / REPORT / len(places):.1f} %")
            loss_sum = wrong_sum = 0.0
        if (step + 1) % KEEP == 0 or step + 1 == steps:
            task.save("checkpoint.pt", net, part=2, step=step + 1, mean=mean.state_dict(),
                      optimiser=optimiser.state_dict(), best_share=task.best_share)
            judge(task, mean, f"word step {step + 1}")


def work(rank: int, given: argparse.Namespace) -> None:
    join(rank, given.processes, given.work / given.run / "meeting")
    task = Task(given, rank)
    task.log(f"draws: {sum(len(c) for c in task.draws)}, sentences: {sum(len(c) for c in task.sentences)}, "
             f"batches in an epoch: {task.batches.count() // task.ranks}, "
             f"weights: {sum(p.numel() for p in task.net.parameters())}, {given}")
    kept: dict = {}
    if given.start is not None:
        task.net.load_state_dict(torch.load(given.start, weights_only=False)["net"])
    if (task.folder / "checkpoint.pt").exists():
        kept = torch.load(task.folder / "checkpoint.pt", weights_only=False)
        task.net.load_state_dict(kept["net"])
        task.best_share = kept["best_share"]
    if kept.get("part", 1) == 1:
        learn_states(task, kept.get("epoch", 0), kept)
        kept = {}
    learn_words(task, kept.get("step", 0), kept)


def main() -> None:
    given = options()
    (given.work / given.run).mkdir(exist_ok=True)
    (given.work / given.run / "meeting").unlink(missing_ok=True)
    if given.processes == 1:
        work(0, given)
    else:
        multiprocessing.spawn(work, args=(given,), nprocs=given.processes)


if __name__ == "__main__":
    main()
