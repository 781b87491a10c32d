// Waiting for something to become true, with a sentence for when it does not.

/** The callers name what is long on a quiet machine. A busy one has so many times longer: what waits for ever is found all the same. */
const PATIENCE = 5;

/** Asks again and again until the answer is true, and gives the answer. */
export async function until(what, ask, usual = 15_000) {
  const milliseconds = usual * PATIENCE;
  const end = Date.now() + milliseconds;
  let failure;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      failure = undefined;
    } catch (error) {
      if (error.final) throw error;
      failure = error;
    }
    if (Date.now() > end) break;
    await pause(60);
  }
  const why = failure === undefined ? "" : `: ${failure.message}`;
  throw new Error(`Within ${milliseconds / 1000} s it did not happen that ${what}${why}`, { cause: failure });
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
