// SPDX-License-Identifier: GPL-3.0-or-later
// bench-view.mjs PROGRAM [CHANGES]: the page of `pasapas --view`, measured, with sixteen that follow: one in
// headless Chromium, fifteen that only read. From the sentence in writing (the effect) to the frame that shows
// it; and the memory of the program before and after CHANGES of the state. Lines as scripts/bench wants them.
import fs from 'node:fs';
import http from 'node:http';
import { spawn } from 'node:child_process';
import puppeteer from 'puppeteer-core';

const [program, changes = '20000'] = process.argv.slice(2);
const TURNS = 200, OTHERS = 15;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => performance.timeOrigin + performance.now();

const child = spawn(program, ['--view-address', '--no-listen', '--audio', 'null', '--today', '2026-12-03',
    '--path', 'ordinateur', '--section', 'actualisation', '--step', 'valider']);
let text = '', written = 0;
child.stdout.on('data', (data) => {
    if (/Étape/.test(data) && !written) written = now();
    text += data;
});
child.stdout.setEncoding('utf8');
while (!/http:\S+\//.test(text)) await sleep(10);
const address = text.match(/http:\S+\//)[0];
let bytes = 0;
for (let i = 0; i < OTHERS; i++)
    http.get(`${address}events`, (answer) => answer.on('data', (data) => { bytes += data.length; }));

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const page = await browser.newPage();
await page.setViewport({ width: 1920, height: 1080 });
await page.goto(address);
await page.waitForFunction(() => document.getElementById('position').textContent);
// Behind the frame that shows the new step: a message that is sent while it is made comes after it.
await page.evaluate(() => {
    window.painted = null;
    new MutationObserver(() => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port2.onmessage = () => { window.painted ??= performance.timeOrigin + performance.now(); };
        port1.postMessage(0);
    })).observe(document.getElementById('position'), { childList: true, characterData: true, subtree: true });
});
const sample = (name, unit, goal, value) => console.log(`sample\t${name}\t${unit}\t${goal}\t${value.toFixed(2)}`);
for (let i = 0; i < TURNS; i++) {
    await page.evaluate(() => { window.painted = null; });
    await sleep(50 + (i * 37) % 100);
    written = 0;
    const typed = now();
    child.stdin.write(i % 2 ? 'précédent\n' : 'suivant\n');
    const painted = await (await page.waitForFunction(() => window.painted, { polling: 5 })).jsonValue();
    while (!written) await sleep(1);
    sample('sentence in writing to painted frame', 'ms', '100', painted - written);
    sample('command typed to painted frame', 'ms', '', painted - typed);
}

const resident = () => Number(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
// One after the other, so that each is sent.
const settle = async (count) => {
    const before = bytes;
    for (let i = 0; i < count; i++) {
        const word = i % 2 ? 'répéter' : 'où suis-je';
        text = '';
        child.stdin.write(`${word}\n`);
        while (!text.includes(`> ${word}`)) await new Promise((resolve) => child.stdout.once('data', resolve));
    }
    await sleep(1000);
    return bytes - before;
};
await settle(2000);
const first = resident();
const sent = await settle(Number(changes));
sample(`memory after ${changes} changes, more than before`, 'MiB', '0', resident() - first);
console.log(`${first.toFixed(1)} MiB before, ${(sent / 1e6).toFixed(0)} MB were sent to fifteen of the sixteen`);
await browser.close();
child.kill('SIGTERM');
process.exit(0);
