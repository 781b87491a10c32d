// Signing in in the browser, in memory. The server decides: at browser.… everything is ready, at nobrowser.… this build has no
// client id. The person in the browser is played by the test, through `browsers`: it agrees, or says no.
import type {
  ClientForm,
  SignInBegunView,
  SignInForm,
  SignInOfferView,
  TriedDoorView,
  TroubleView,
} from "../backend";
import { doorways, goOn } from "./managing";
import { reject, trouble, type World } from "./world";

interface UnderWay {
  id: string;
  settle: (outcome: TroubleView | null) => void;
  done: Promise<TroubleView | null>;
}

/** What the test plays. */
export class Browsers {
  #number = 0;
  #underWay: UnderWay | null = null;
  /** The addresses that were opened. */
  readonly opened: string[] = [];

  begin(): SignInBegunView {
    this.giveUp();
    this.#number += 1;
    const id = String(this.#number);
    let settle: UnderWay["settle"] = () => undefined;
    const done = new Promise<TroubleView | null>((resolve) => (settle = resolve));
    this.#underWay = { id, settle, done };
    const query = new URLSearchParams({
      response_type: "code",
      client_id: "waxwing",
      redirect_uri: "http://127.0.0.1:52341/",
      scope: "mail openid email",
      state: "tT3cRk0n9mY1vQ2wZ8xL7pJ6hG5fD4sA3qW2eR1tY0u",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    return { id, address: `https://login.nordlicht.example/authorize?${query.toString()}` };
  }

  async wait(id: string): Promise<void> {
    if (this.#underWay?.id !== id) reject("refused", "The sign-in in the browser was given up.");
    const outcome = await this.#underWay.done;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a trouble is data, as it is across the shell's border
    if (outcome !== null) throw outcome;
  }

  giveUp(): void {
    this.#underWay?.settle(trouble("refused", "The sign-in in the browser was given up."));
    this.#underWay = null;
  }

  /** The person agrees, or the provider's page says why not. */
  answer(no: string | null = null): void {
    this.#underWay?.settle(
      no === null ? null : trouble("refused", "The provider did not let Waxwing in.", no),
    );
  }
}

export function offer(hosts: string[]): SignInOfferView | null {
  const known = (name: string) => hosts.length > 0 && hosts.every((host) => host.split(".").includes(name));
  if (known("browser")) return { provider: "Nordlicht", ready: true, ownClient: null, appPassword: null };
  if (!known("nobrowser")) return null;
  return {
    provider: "Nordlicht",
    ready: false,
    ownClient: "https://login.nordlicht.example/clients",
    appPassword: {
      page: "https://login.nordlicht.example/passwords",
      words:
        "Nordlicht makes a password for mail programs: choose “New password”, type a name such as Waxwing, and copy what is shown.",
    },
  };
}

export function begin(browsers: Browsers, form: SignInForm): SignInBegunView {
  const known = offer(form.hosts);
  if (known === null) reject("invalid", "Nobody is known at whose page one signs in for these servers.");
  return begun(browsers, known, form.client);
}

export function beginAgain(
  world: World,
  browsers: Browsers,
  account: string,
  client: ClientForm | null,
): SignInBegunView {
  const { incoming, outgoing } = world.account(account);
  const known = offer([incoming?.host ?? "", outgoing?.host ?? ""]);
  if (known === null) reject("invalid", "Nobody is known at whose page one signs in for these servers.");
  return begun(browsers, known, client);
}

export function signedInAgain(world: World, account: string): TriedDoorView[] {
  const tried = doorways(world, account).map(({ door, server: { host, port } }) => ({
    door,
    tried: { host, port, reached: true, encryption: null, signedIn: true, trouble: null },
  }));
  world.inBrowser.add(account);
  goOn(world, account);
  return tried;
}

function begun(browsers: Browsers, known: SignInOfferView, client: ClientForm | null): SignInBegunView {
  if (!known.ready && client === null)
    reject("invalid", `${known.provider} lets in only mail programs that it knows.`);
  return browsers.begin();
}
