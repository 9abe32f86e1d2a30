import { test } from 'node:test';
import assert from 'node:assert/strict';
import { findFreeSlot, groupSessions, peakConcurrency, planJobs } from '../src/schedule.ts';

const DAY = { start: 540, end: 1020 };

test('peakConcurrency needs no room without slots', () => {
  assert.equal(peakConcurrency([]), 0);
});

test('peakConcurrency counts a single slot', () => {
  assert.equal(peakConcurrency([{ start: 0, end: 30 }]), 1);
  assert.equal(peakConcurrency([{ start: 5, end: 6 }]), 1);
});

test('peakConcurrency counts overlapping slots', () => {
  const slots = [
    { start: 0, end: 30 },
    { start: 10, end: 40 },
    { start: 20, end: 50 },
  ];
  assert.equal(peakConcurrency(slots), 3);
  assert.equal(peakConcurrency(slots.slice(1)), 2);
});

test('peakConcurrency lets touching slots share a room', () => {
  const slots = [
    { start: 0, end: 30 },
    { start: 30, end: 60 },
    { start: 60, end: 90 },
  ];
  assert.equal(peakConcurrency(slots), 1);
});

test('peakConcurrency frees a room at the minute a slot ends', () => {
  const slots = [
    { start: 0, end: 20 },
    { start: 0, end: 10 },
    { start: 10, end: 30 },
  ];
  assert.equal(peakConcurrency(slots), 2);
});

test('peakConcurrency counts slots that overlap by one minute', () => {
  const slots = [
    { start: 0, end: 31 },
    { start: 30, end: 60 },
  ];
  assert.equal(peakConcurrency(slots), 2);
});

test('peakConcurrency accepts slots in any order', () => {
  const slots = [
    { start: 50, end: 60 },
    { start: 0, end: 55 },
    { start: 52, end: 58 },
    { start: 10, end: 20 },
  ];
  assert.equal(peakConcurrency(slots), 3);
});

test('peakConcurrency remembers a peak that is over', () => {
  const slots = [
    { start: 0, end: 10 },
    { start: 1, end: 10 },
    { start: 90, end: 99 },
  ];
  assert.equal(peakConcurrency(slots), 2);
});

test('peakConcurrency does not count slots that take no time', () => {
  assert.equal(peakConcurrency([{ start: 5, end: 5 }]), 0);
  assert.equal(
    peakConcurrency([
      { start: 0, end: 10 },
      { start: 5, end: 5 },
    ]),
    1,
  );
});

test('peakConcurrency does not count turned slots', () => {
  assert.equal(peakConcurrency([{ start: 9, end: 3 }]), 0);
  assert.equal(
    peakConcurrency([
      { start: 0, end: 10 },
      { start: 8, end: 2 },
      { start: 3, end: 3 },
    ]),
    1,
  );
});

test('peakConcurrency goes on after a slot that takes no time', () => {
  const slots = [
    { start: 0, end: 0 },
    { start: 1, end: 9 },
    { start: 2, end: 2 },
    { start: 3, end: 8 },
  ];
  assert.equal(peakConcurrency(slots), 2);
});

test('peakConcurrency goes on after a turned slot', () => {
  const slots = [
    { start: 4, end: 1 },
    { start: 5, end: 9 },
  ];
  assert.equal(peakConcurrency(slots), 1);
});

test('findFreeSlot starts with the window if nothing is busy', () => {
  assert.deepEqual(findFreeSlot([], 30, DAY), { start: 540, end: 570 });
  assert.deepEqual(findFreeSlot([], 1, { start: 0, end: 5 }), { start: 0, end: 1 });
});

test('findFreeSlot may fill the whole window', () => {
  assert.deepEqual(findFreeSlot([], 480, DAY), { start: 540, end: 1020 });
});

test('findFreeSlot returns null for a length beyond the window', () => {
  assert.equal(findFreeSlot([], 481, DAY), null);
  assert.equal(findFreeSlot([], 6, { start: 0, end: 5 }), null);
});

test('findFreeSlot takes a gap of exactly the length', () => {
  const busy = [
    { start: 540, end: 600 },
    { start: 630, end: 700 },
  ];
  assert.deepEqual(findFreeSlot(busy, 30, DAY), { start: 600, end: 630 });
  assert.deepEqual(findFreeSlot([{ start: 570, end: 600 }], 30, DAY), { start: 540, end: 570 });
});

test('findFreeSlot passes over a gap that is one minute short', () => {
  const busy = [
    { start: 540, end: 600 },
    { start: 630, end: 700 },
  ];
  assert.deepEqual(findFreeSlot(busy, 31, DAY), { start: 700, end: 731 });
  assert.deepEqual(findFreeSlot([{ start: 570, end: 600 }], 31, DAY), { start: 600, end: 631 });
});

test('findFreeSlot takes the earliest of several gaps', () => {
  const busy = [
    { start: 600, end: 610 },
    { start: 700, end: 710 },
  ];
  assert.deepEqual(findFreeSlot(busy, 20, DAY), { start: 540, end: 560 });
  assert.deepEqual(findFreeSlot(busy, 70, DAY), { start: 610, end: 680 });
});

test('findFreeSlot accepts busy slots in any order', () => {
  const busy = [
    { start: 600, end: 700 },
    { start: 500, end: 600 },
  ];
  assert.deepEqual(findFreeSlot(busy, 15, DAY), { start: 700, end: 715 });
});

test('findFreeSlot does not step back after a contained slot', () => {
  const busy = [
    { start: 540, end: 800 },
    { start: 560, end: 580 },
  ];
  assert.deepEqual(findFreeSlot(busy, 40, DAY), { start: 800, end: 840 });
});

test('findFreeSlot may end with the window', () => {
  assert.deepEqual(findFreeSlot([{ start: 500, end: 990 }], 30, DAY), { start: 990, end: 1020 });
  assert.equal(findFreeSlot([{ start: 500, end: 991 }], 30, DAY), null);
});

test('findFreeSlot ignores busy time before and after the window', () => {
  const busy = [
    { start: 0, end: 100 },
    { start: 2000, end: 2100 },
  ];
  assert.deepEqual(findFreeSlot(busy, 60, DAY), { start: 540, end: 600 });
});

test('findFreeSlot returns null if the window is busy throughout', () => {
  assert.equal(findFreeSlot([{ start: 0, end: 1440 }], 1, DAY), null);
  assert.equal(findFreeSlot([{ start: 540, end: 1020 }], 1, DAY), null);
});

test('findFreeSlot rejects a length of zero', () => {
  assert.throws(() => findFreeSlot([], 0, DAY), RangeError);
});

test('findFreeSlot rejects lengths that are not positive', () => {
  assert.throws(() => findFreeSlot([], -5, DAY), RangeError);
  assert.throws(() => findFreeSlot([{ start: 0, end: 1 }], 0, DAY), RangeError);
});

test('groupSessions returns nothing for no moments', () => {
  assert.deepEqual(groupSessions([], 10), []);
});

test('groupSessions puts close moments into one session', () => {
  assert.deepEqual(groupSessions([1, 4, 9], 5), [{ first: 1, last: 9, count: 3 }]);
});

test('groupSessions joins moments exactly at the largest gap', () => {
  assert.deepEqual(groupSessions([0, 10, 20], 10), [{ first: 0, last: 20, count: 3 }]);
  assert.deepEqual(groupSessions([3, 4], 1), [{ first: 3, last: 4, count: 2 }]);
});

test('groupSessions starts a session one beyond the largest gap', () => {
  assert.deepEqual(groupSessions([0, 11, 20], 10), [
    { first: 0, last: 0, count: 1 },
    { first: 11, last: 20, count: 2 },
  ]);
});

test('groupSessions measures from the last moment and not the first', () => {
  assert.deepEqual(groupSessions([0, 4, 8, 12, 17], 4), [
    { first: 0, last: 12, count: 4 },
    { first: 17, last: 17, count: 1 },
  ]);
});

test('groupSessions sorts the moments as numbers', () => {
  assert.deepEqual(groupSessions([100, 9, 8], 5), [
    { first: 8, last: 9, count: 2 },
    { first: 100, last: 100, count: 1 },
  ]);
});

test('groupSessions counts equal moments', () => {
  assert.deepEqual(groupSessions([7, 7, 7], 0), [{ first: 7, last: 7, count: 3 }]);
  assert.deepEqual(groupSessions([7, 8, 7], 0), [
    { first: 7, last: 7, count: 2 },
    { first: 8, last: 8, count: 1 },
  ]);
});

test('groupSessions keeps sessions of exactly the least count', () => {
  assert.deepEqual(groupSessions([1, 2, 50, 90, 91, 92], 5, 2), [
    { first: 1, last: 2, count: 2 },
    { first: 90, last: 92, count: 3 },
  ]);
  assert.deepEqual(groupSessions([1], 5, 1), [{ first: 1, last: 1, count: 1 }]);
});

test('groupSessions leaves out sessions below the least count', () => {
  assert.deepEqual(groupSessions([1, 2, 50], 5, 3), []);
  assert.deepEqual(groupSessions([1, 2, 50], 5, 2), [{ first: 1, last: 2, count: 2 }]);
});

test('groupSessions does not change its argument', () => {
  const times = [3, 1, 2];
  assert.deepEqual(groupSessions(times, 1), [{ first: 1, last: 3, count: 3 }]);
  assert.deepEqual(times, [3, 1, 2]);
});

test('planJobs has an empty plan for no jobs', () => {
  assert.deepEqual(planJobs([]), { order: [], late: [] });
});

test('planJobs takes the earliest deadline first', () => {
  const jobs = [
    { name: 'b', minutes: 10, deadline: 50 },
    { name: 'a', minutes: 10, deadline: 20 },
    { name: 'c', minutes: 10, deadline: 100 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['a', 'b', 'c'], late: [] });
});

test('planJobs takes the shorter of two jobs with one deadline first', () => {
  const jobs = [
    { name: 'long', minutes: 30, deadline: 40 },
    { name: 'short', minutes: 5, deadline: 40 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['short', 'long'], late: [] });
});

test('planJobs keeps the given order of alike jobs', () => {
  const jobs = [
    { name: 'z', minutes: 5, deadline: 9 },
    { name: 'a', minutes: 5, deadline: 9 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['z', 'a'], late: ['a'] });
});

test('planJobs finds a job that ends at its deadline in time', () => {
  assert.deepEqual(planJobs([{ name: 'a', minutes: 20, deadline: 20 }]), {
    order: ['a'],
    late: [],
  });
});

test('planJobs finds a job that ends one minute after its deadline late', () => {
  assert.deepEqual(planJobs([{ name: 'a', minutes: 21, deadline: 20 }]), {
    order: ['a'],
    late: ['a'],
  });
});

test('planJobs adds up the minutes of the jobs before', () => {
  const jobs = [
    { name: 'a', minutes: 10, deadline: 10 },
    { name: 'b', minutes: 10, deadline: 20 },
    { name: 'c', minutes: 10, deadline: 29 },
    { name: 'd', minutes: 1, deadline: 31 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['a', 'b', 'c', 'd'], late: ['c'] });
});

test('planJobs does not pause unless asked', () => {
  const jobs = [
    { name: 'a', minutes: 4, deadline: 4 },
    { name: 'b', minutes: 6, deadline: 10 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['a', 'b'], late: [] });
});

test('planJobs sorts several jobs with one deadline by length', () => {
  const jobs = [
    { name: 'c', minutes: 9, deadline: 12 },
    { name: 'a', minutes: 1, deadline: 12 },
    { name: 'b', minutes: 3, deadline: 12 },
  ];
  assert.deepEqual(planJobs(jobs), { order: ['a', 'b', 'c'], late: ['c'] });
});

test('planJobs pauses between jobs but not before the first', () => {
  const jobs = [
    { name: 'a', minutes: 10, deadline: 10 },
    { name: 'b', minutes: 10, deadline: 25 },
  ];
  assert.deepEqual(planJobs(jobs, 5), { order: ['a', 'b'], late: [] });
  assert.deepEqual(planJobs(jobs, 6), { order: ['a', 'b'], late: ['b'] });
});

test('planJobs pauses before every later job', () => {
  const jobs = [
    { name: 'a', minutes: 1, deadline: 1 },
    { name: 'b', minutes: 1, deadline: 4 },
    { name: 'c', minutes: 1, deadline: 7 },
    { name: 'd', minutes: 1, deadline: 9 },
  ];
  assert.deepEqual(planJobs(jobs, 2), { order: ['a', 'b', 'c', 'd'], late: ['d'] });
});
