// Voices that nobody has recorded: a pack in which each word is a tone of which it is known when it sounds.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const RATE = 4000;

// How long each word sounds and what is silent after it, in milliseconds; some people are quick and some slow.
function spoken(text, pace) {
  return text.split(" ").map((word) => {
    const letters = word.replace(/[^\p{L}]/gu, "").length + 3 * word.replace(/\D/g, "").length;
    const pause = /[.?!…]["”’)]*$/.test(word) ? 320 : /[,;:–—]$/.test(word) ? 170 : 30;
    return { sounds: Math.round((90 + 58 * letters) * pace), silent: Math.round(pause * pace) };
  });
}

// A file of 8 bits a sample, and when each word begins.
function clip(text, pace) {
  const words = spoken(text, pace);
  const begins = [];
  const samples = [];
  for (const { sounds, silent } of words) {
    begins.push((samples.length * 1000) / RATE);
    for (let n = 0; n < (sounds * RATE) / 1000; n++) samples.push(128 + Math.round(60 * Math.sin((n * 2 * Math.PI * 220) / RATE)));
    for (let n = 0; n < (silent * RATE) / 1000; n++) samples.push(128);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  for (const [at, value] of [[16, 16], [24, RATE], [28, RATE]]) head.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) head.writeUInt16LE(value, at);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return { begins, bytes: Buffer.concat([head, Buffer.from(samples)]), millis: Math.round((samples.length * 1000) / RATE) };
}

// A copy of the site in which every surface of the call of this name has such voices; when the words of each text begin.
export function withTones(dist, folder, slug) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name !== "voices") cpSync(join(dist, name), join(folder, name), { recursive: true });
  }
  rmSync(join(folder, "voices"), { recursive: true, force: true });
  mkdirSync(join(folder, "voices"));
  const program = process.env.RIGHTCALL;
  const [call] = JSON.parse(execFileSync(program, ["lines", slug, "--format", "json"], { maxBuffer: 1 << 28 })).calls;
  const begins = new Map();
  const packs = {};
  const clips = call.lines.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, text }) => {
    const made = clip(text, 0.8 + (parseInt(key.slice(0, 4), 16) % 50) / 100);
    begins.set(text, made.begins);
    return { key, ...made };
  });
  let offset = 0;
  const index = clips.map(({ key, begins, bytes, millis }) => {
    const entry = [key, offset, bytes.length, millis, begins.map((at) => Math.floor(at / 10))];
    offset += bytes.length;
    return entry;
  });
  const json = Buffer.from(JSON.stringify({ clips: index }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const whole = Buffer.concat([Buffer.from("RCV2"), length, json, ...clips.map(({ bytes }) => bytes)]);
  for (const { pack } of call.surfaces) {
    writeFileSync(join(folder, "voices", `${pack}.voices`), whole);
    packs[pack] = { bytes: whole.length, blake3: "0".repeat(64) };
  }
  writeFileSync(join(folder, "voices", "manifest.json"), JSON.stringify({ packs }));
  return begins;
}
