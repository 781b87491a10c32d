// A meeting that is called off in somebody's name is believed by whoever reads the letter in which that stands, and what was asked elsewhere
// of meetings is asked again.
import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { answerInvitation } from "../../src/actions/letterLook";
import { setBackend } from "../../src/ipc";
import { openMemory, type MemoryBackend } from "../../src/ipc/memory";
import { client } from "../../src/state/client";
import { letterWithin } from "../../src/state/letterRef";
import { keys } from "../../src/state/queries";
import { CalledOff } from "../../src/views/main/reading/CalledOff";

const JONAS = { address: { name: "Jonas", email: "jonas@kustwerk.example" }, said: "byThem" as const };

let engine: MemoryBackend;
let email: string;

beforeEach(() => {
  client.clear();
  engine = openMemory(new URLSearchParams());
  setBackend(engine);
  email = engine.receive({ subject: "Cancelled: Lamp room" });
});

const status = () => screen.getByRole("status").textContent;

it("says what it is at, keeps the keys, and tells the result where it was silent before", async () => {
  let answer: () => void = () => undefined;
  setBackend({ ...engine, believeCallingOff: () => new Promise((resolve) => (answer = resolve)) });
  const shown = (doubted: boolean) => (
    <CalledOff
      letter={email}
      sender={JONAS.address.email}
      doubted={doubted}
      speaker={JONAS}
      stands={false}
      off={!doubted}
    />
  );
  const { rerender } = render(shown(true));
  expect(status()).toBe("");
  const told = screen.getByRole("status");
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Believe it, and call it off" });
  act(() => {
    button.focus();
    button.click();
  });
  expect(status()).toBe("Calling it off…");
  expect(button.disabled, "once is enough").toBe(true);
  await act(() => Promise.resolve(answer()));
  expect(status()).toBe("");
  rerender(shown(false));
  expect(screen.getByRole("status"), "the same place tells it").toBe(told);
  expect(status()).toBe("This meeting does not take place.");
  expect(screen.queryByRole("button")).toBeNull();
  expect(document.activeElement?.contains(told), "the keys are at the meeting").toBe(true);
  expect(document.activeElement).not.toBe(document.body);
});

it.each(["byAgent", "inAgentsName"] as const)(
  "is believed of whoever writes for another only after a question that names both (%s)",
  async (said) => {
    const believed: string[] = [];
    setBackend({
      ...engine,
      believeCallingOff: (letter) => {
        believed.push(letter);
        return Promise.resolve();
      },
    });
    const oskar = "oskar@kustwerk.example";
    const card = (isBelieved: boolean) => (
      <CalledOff
        letter={email}
        sender={oskar}
        doubted={!isBelieved}
        speaker={{ ...JONAS, said }}
        stands={false}
        off={isBelieved}
      />
    );
    const { rerender } = render(card(false));
    const told = screen.getByText(/by what the letter says/).textContent;
    expect(told).toContain(oskar);
    expect(told).toContain("Jonas (jonas@kustwerk.example)");
    expect(told.includes("nobody vouches"), told).toBe(said === "inAgentsName");
    const press = (name: string) => act(() => screen.getByRole("button", { name }).click());
    press("Believe it…");
    const question = screen.getByRole("alert").textContent;
    expect(question).toContain(oskar);
    expect(question).toContain("Jonas (jonas@kustwerk.example)");
    expect(believed, "it is asked first").toEqual([]);
    press("Cancel");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(believed).toEqual([]);
    expect(document.activeElement, "the keys stay at the meeting").not.toBe(document.body);
    press("Believe it…");
    await act(async () => {
      screen.getByRole("button", { name: "Yes, call it off" }).click();
      await Promise.resolve();
    });
    expect(believed).toEqual([email]);
    rerender(card(true));
    expect(status(), "that somebody else has said it stays").toContain(oskar);
    expect(status(), "and it is off").toContain("It is called off among yours.");
  },
);

it("is told alone in a letter within another, where it calls nothing off", () => {
  render(
    <CalledOff
      letter={letterWithin(email, "2")}
      sender={JONAS.address.email}
      doubted
      speaker={JONAS}
      stands={false}
      off={false}
    />,
  );
  expect(screen.getByText(/nobody vouches/)).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

it.each(["accept", "decline"] as const)(
  "other letters are asked again after an answer (%s)",
  async (answer) => {
    const others = [keys.body("other"), keys.nested("other/2")];
    for (const key of others) client.setQueryData(key, {});
    await answerInvitation(email, answer);
    for (const key of others) expect(client.getQueryState(key)?.isInvalidated, key.join(" ")).toBe(true);
  },
);
