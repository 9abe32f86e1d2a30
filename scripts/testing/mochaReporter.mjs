// Mocha takes the default export of a file as its reporter.
export { EventReporter as default } from './events.mjs';
