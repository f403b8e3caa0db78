// A clock that only moves when a test says so.

export interface TestClock {
  /** What the emulator is given. */
  readonly now: () => number;
  /** Moves on by some seconds. */
  pass(seconds: number): void;
}

/** A clock that stands at a moment of 2026. */
export function testClock(startMs = Date.UTC(2026, 10, 21, 12)): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    pass: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
}
