// Filling in the setup screen as a person would who has been told the servers by their provider.
import { until } from "./until.mjs";

/** Types everything, without pressing the button. Servers are `{ host, port, security }`. */
export async function fillSetup(app, { name, email, password, protocol = "imap", incoming, outgoing }) {
  await app.find("heading", /Add your email account/);
  await app.fillNamed("name", name);
  await app.fillNamed("email", email);
  await app.fillNamed("password", password);
  if (protocol === "pop3") await app.press("radio", /^POP3/);
  await until("the form for the servers is open", () => app.driver.run(openServers));
  await fillServer(app, "incoming", incoming);
  await fillServer(app, "outgoing", outgoing);
}

/**
 * Runs in the page. The search for the servers goes on meanwhile, and opens the form by itself where it finds nothing: so the
 * button is looked at and pressed at once, before it may come to mean the opposite.
 */
function openServers() {
  if (document.querySelector('input[name="incomingHost"]:not([type=hidden])') !== null) return true;
  const buttons = [...document.querySelectorAll("button")];
  buttons.find((button) => button.textContent.trim() === "Edit settings")?.click();
  return false;
}

export async function fillServer(app, side, { host = "localhost", port, security = "TLS", method }) {
  await app.fillNamed(`${side}Host`, host);
  await app.fillNamed(`${side}Port`, String(port));
  const form = await app.driver.run(
    (field) => document.querySelector(`input[name="${field}"]`).closest("fieldset"),
    `${side}Host`,
  );
  await choose(app, form, /Encryption/, security);
  if (method !== undefined) await choose(app, form, /Sign-in method/, method);
  await until(`the form holds what was typed for ${side} mail`, async () => {
    const typed = await app.driver.run(
      (field) =>
        [`${field}Host`, `${field}Port`].map((name) => document.querySelector(`input[name="${name}"]`).value),
      side,
    );
    return typed.join(":") === `${host}:${port}`;
  });
}

async function choose(app, form, list, wanted) {
  const button = await app.find("button", list, { within: form });
  if ((await app.text(button)).trim() === wanted) return;
  await app.press("button", list, { within: form });
  await app.press("option", new RegExp(`^${wanted.replace(/[()]/g, "\\$&")}$`));
}

/** Adds an account of the stage and waits for the window with its mail. */
export async function addAccount(app, stage, person, { name, protocol = "imap", incoming, outgoing }) {
  const { email, password } = stage.people[person];
  await fillSetup(app, { name, email, password, protocol, incoming, outgoing });
  await pressAdd(app);
  await app.find("treegrid", /Accounts and folders/, { patience: 30_000 });
}

/** Presses the button, once more where the form grew under the hand, so that the press met nothing. */
function pressAdd(app) {
  return until("the account is being added", async () => {
    if ((await app.all("button", /^Add account$/)).length > 0)
      await app.press("button", /^Add account$/, { patience: 500 });
    await until(
      "the press has met the button",
      async () => (await app.all("button", /^Add account$/)).length === 0,
      500,
    );
    return true;
  });
}
