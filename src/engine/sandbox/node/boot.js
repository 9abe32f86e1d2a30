'use strict';
// The first thing that runs in a Node inside the sandbox. It loads all that a job may need, tells
// that it is ready, and waits for its one job. Usage: boot.js program|tests
const fs = require('node:fs');
const { readFrame, writeFrame } = require('./channel.js');
const { runProgram, runTests, warmUp } = require('./runner.js');
const { openConversation } = require('./nodeAsking.js');
const { answer, openChannel } = require('./nodeAnswering.js');

const channelDescriptor = 3;
const engineDescriptor = 4;
const maxJobBytes = 64 * 1024 * 1024;

const [, , role] = process.argv;
process.argv = [process.execPath, '/tmp/program.js'];
const channel = role === 'program' ? openChannel(channelDescriptor) : null;
void warmUp().then(() => {
  // What is printed goes out at once: what waited in memory would be lost where the process ends.
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
  writeFrame(engineDescriptor, '{"ready":true}');
  const job = JSON.parse(readFrame(engineDescriptor, maxJobBytes) ?? 'null');
  if (job === null) process.reallyExit(0);
  if (channel) {
    // From here on it holds nothing but the channel to its tests.
    fs.closeSync(engineDescriptor);
    return runProgram(job, (loaded, lookup) => answer(channel, loaded, lookup));
  }
  return runTests(job, {
    tell: (message) => writeFrame(engineDescriptor, message),
    converse: (lose) => openConversation(channelDescriptor, lose),
  });
});
