// Keeps one draft safe while it is written: at the latest two seconds after a keystroke it has been handed to the
// store, one save at a time and the newest last. It knows no backend: how to save is told to it.

export type Outcome = { kind: "saved"; at: number } | { kind: "failed"; reason: unknown };

// The promise is two seconds; the rest of them belongs to the store.
const WAIT = 1200;
const RETRY = 4000;

export class Keeper {
  #save: () => Promise<number>;
  #told: (outcome: Outcome) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #dirty = false;
  #running: Promise<boolean> | null = null;
  #closed = false;

  constructor(save: () => Promise<number>, told: (outcome: Outcome) => void) {
    this.#save = save;
    this.#told = told;
  }

  /** Something was typed. The clock starts at the first unsaved change, so that constant typing is saved too. */
  touch(): void {
    if (this.#closed) return;
    this.#dirty = true;
    this.#wake(WAIT);
  }

  /** Saves what is unsaved now; true when all of it is safe. */
  async flush(): Promise<boolean> {
    this.#stopTimer();
    while (this.#running) await this.#running;
    return this.#dirty ? this.#run() : true;
  }

  /** Nothing more is saved: the letter was sent or discarded. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#dirty = false;
    this.#stopTimer();
    while (this.#running) await this.#running;
  }

  #wake(after: number): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, after);
  }

  #run(): Promise<boolean> {
    this.#running = this.#once().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #once(): Promise<boolean> {
    this.#dirty = false;
    try {
      const at = await this.#save();
      this.#told({ kind: "saved", at });
      return true;
    } catch (reason) {
      if (!this.#closed) {
        this.#dirty = true;
        this.#wake(RETRY);
      }
      this.#told({ kind: "failed", reason });
      return false;
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
