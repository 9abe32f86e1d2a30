"""Coroutines of the other side, awaited here: several at a time, in the order in which they end.

While something here waits, the other side runs its own event loop, in short turns, so that both
loops go on. asyncio is loaded only where it is used: it would make every forked process larger.
"""

TURN_SECONDS = 0.02


class Awaiting:
    def __init__(self, peer):
        self.peer = peer
        self.futures, self.pump = {}, None
        self.loop, self.tasks = None, {}

    # Where it is awaited

    async def wait_for(self, number, verb):
        import asyncio

        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.futures[number] = future, verb
        if self.pump is None or self.pump.done() or self.pump.get_loop() is not loop:
            self.pump = loop.create_task(self.keep_running())
        try:
            return await future
        except asyncio.CancelledError:
            if self.futures.pop(number, None) is not None:
                self.peer.ask("cancel", number)
            raise

    async def keep_running(self):
        import asyncio

        try:
            while self.futures:
                for number, is_right, value in self.peer.ask("wait", list(self.futures)):
                    future, verb = self.futures.pop(number, (None, None))
                    if future is None or future.done():
                        continue
                    if is_right:
                        future.set_result(value)
                    else:
                        future.set_exception(self.peer.as_wanted(value, verb))
                await asyncio.sleep(0)
        except BaseException as error:
            for future, _verb in self.futures.values():
                if not future.done():
                    future.set_exception(error)
            self.futures.clear()

    # Where it runs

    def run(self, awaitables, numbers):
        """Runs them for a turn; those that ended, each with whether it gave a value."""
        import asyncio

        if self.loop is None:
            self.loop = asyncio.new_event_loop()
        return self.loop.run_until_complete(self.one_turn(asyncio, awaitables, numbers))

    async def one_turn(self, asyncio, awaitables, numbers):
        for number, awaitable in zip(numbers, awaitables):
            if number not in self.tasks:
                self.tasks[number] = asyncio.ensure_future(awaitable)
        tasks = {number: self.tasks[number] for number in numbers}
        await asyncio.wait(
            tasks.values(), timeout=TURN_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        ended = []
        for number, task in tasks.items():
            if task.done():
                del self.tasks[number]
                error = asyncio.CancelledError() if task.cancelled() else task.exception()
                ended.append((number, error is None, error or task.result()))
        return ended

    def cancel(self, number):
        import asyncio

        task = self.tasks.pop(number, None)
        if task is not None:
            task.cancel()
            self.loop.run_until_complete(asyncio.wait([task], timeout=TURN_SECONDS))
