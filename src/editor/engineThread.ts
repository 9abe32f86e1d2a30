/** Entry of the engine's own thread (`dist/engine.js`): the extension host never computes. */
import { parentPort } from 'node:worker_threads';
import { openWorkbench } from '../engine/flywheel/openWorkbench';
import type { ToEngine } from './engineCalls';
import { serveEngine } from './engineServer';

const port = parentPort;
if (port === null) throw new Error('engine.js is a worker thread of the extension.');

const take = serveEngine(openWorkbench, (message) => port.postMessage(message));
// The extension host is the only other end, and what it sends is typed by the same build.
port.on('message', (message: ToEngine) => void take(message));
