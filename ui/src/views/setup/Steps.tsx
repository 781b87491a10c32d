// How the servers were found, in lines that are read aloud as they appear: by whom, how safely, and what the provider wants
// before a mail program may come in.
import { openPage } from "../../actions/setup";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Turning } from "../../components/Turning";
import type { DiscoveryView, HowView } from "../../ipc/backend";
import { hintOf, mayTellMore, otherHosts, strangeOwners } from "../../state/finding";
import { isInBrowser, offerOf } from "../../state/oauth";
import { isTaken, speaksPlainly, type SetupState } from "../../state/setup";
import { say } from "../../words";
import type { Setup } from "./useSetup";
import styles from "./Steps.module.css";

export function Steps({ setup }: { setup: Setup }) {
  const { search } = setup.state;
  return (
    <div className={styles.steps} role="status">
      {search.kind === "searching" && (
        <div>
          <Turning />
          {say("setup-searching", { domain: domainOf(search.email) })}
        </div>
      )}
      {search.kind === "done" && <Found setup={setup} search={search} />}
      {search.kind === "failed" && (
        <div>
          <Icon name="warning" />
          {say("setup-search-failed", { reason: search.trouble.sentence })}
          <Button kind="tool" onPress={setup.searchAgain}>
            {say("setup-search-again")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Found({ setup, search }: { setup: Setup; search: Extract<SetupState["search"], { kind: "done" }> }) {
  const { found } = search;
  const domain = domainOf(search.email);
  const any = found.imap !== null || found.pop3 !== null || found.smtp !== null;
  if (isTaken(setup.state)) return <Taken setup={setup} found={found} domain={domain} />;
  return (
    <>
      {found.how.kind === "nothing" ? (
        found.consent === null && <Line kind="warn">{say("setup-found-nothing", { domain })}</Line>
      ) : (
        <Line kind="ok">{byWhom(found.how, found.behind ?? domain)}</Line>
      )}
      {found.behind !== null && (
        <Line kind="ok">{say("setup-behind", { domain, behind: found.behind })}</Line>
      )}
      {any && <Encryption found={found} />}
      <Owners state={setup.state} domain={domain} />
      <Hint state={setup.state} found={found} />
      {found.dissent.map(({ how, hosts }) => (
        <Line key={JSON.stringify(how)} kind="warn">
          {how.kind !== "nothing" && say(`setup-dissent-${how.kind}`, { domain, hosts: hosts.join(", ") })}
        </Line>
      ))}
      {mayTellMore(setup.state, found) && <TellAddress domain={domain} onTell={setup.tellAddress} />}
      {found.consent !== null && <Consent host={found.consent} onConsent={setup.consent} />}
    </>
  );
}

/** Another program has named the servers. Where whoever was asked names others, that is told and not followed. */
function Taken({ setup, found, domain }: { setup: Setup; found: DiscoveryView; domain: string }) {
  const { state } = setup;
  const others = otherHosts(state);
  return (
    <>
      <Line kind="ok">{say("setup-found-thunderbird")}</Line>
      {!speaksPlainly(state) && <Line kind="ok">{say("setup-encrypted-told")}</Line>}
      {others.length > 0 && (
        <Line kind="warn">{say("setup-taken-other", { domain, hosts: others.join(", ") })}</Line>
      )}
      <Owners state={state} domain={domain} />
      <Hint state={state} found={found} />
    </>
  );
}

function Encryption({ found }: { found: DiscoveryView }) {
  // Only what was tried out is known to have a good certificate.
  const good = found.how.kind === "probing" ? "setup-encrypted" : "setup-encrypted-told";
  return (
    <Line kind={found.encrypted ? "ok" : "warn"}>{say(found.encrypted ? good : "setup-not-encrypted")}</Line>
  );
}

function Owners({ state, domain }: { state: SetupState; domain: string }) {
  const owners = strangeOwners(state);
  if (owners.length === 0) return null;
  return <Line kind="warn">{say("setup-outside", { owner: owners.join(", "), domain })}</Line>;
}

function Hint({ state, found }: { state: SetupState; found: DiscoveryView }) {
  const hint = hintOf(state);
  const { page } = found;
  const offer = offerOf(state);
  // What the provider says of its passwords stands beside the field for one.
  const told = isInBrowser(state) || (offer?.ready === false && offer.appPassword !== null);
  if (hint === null || (told && (hint === "app-password" || hint === "no-passwords"))) return null;
  return (
    <Line kind="warn">
      <span>{say(`setup-hint-${hint}`)}</span>
      {page !== null && (
        <Button kind="tool" onPress={() => openPage(page)}>
          {say("setup-hint-page", { host: new URL(page).host })}
        </Button>
      )}
    </Line>
  );
}

function Consent({ host, onConsent }: { host: string; onConsent: (host: string) => void }) {
  return (
    <Line kind="warn">
      <span>{say("setup-consent", { host })}</span>
      <Button kind="tool" onPress={() => onConsent(host)}>
        {say("setup-consent-give")}
      </Button>
    </Line>
  );
}

/** Some domains publish their servers only to whoever says for which address. */
function TellAddress({ domain, onTell }: { domain: string; onTell: () => void }) {
  return (
    <Line kind="warn">
      <span>{say("setup-tell", { domain })}</span>
      <Button kind="tool" onPress={onTell}>
        {say("setup-tell-do", { domain })}
      </Button>
    </Line>
  );
}

function Line({ kind, children }: { kind: "ok" | "warn"; children: React.ReactNode }) {
  return (
    <div className={styles[kind]}>
      <Icon name={kind === "ok" ? "check" : "warning"} />
      {children}
    </div>
  );
}

function byWhom(how: HowView, domain: string): string {
  switch (how.kind) {
    case "catalogue": {
      return say("setup-found-catalogue", { provider: how.provider });
    }
    case "pacc":
    case "srv":
    case "probing":
    case "autoconfig": {
      return say(`setup-found-${how.kind}`, { domain });
    }
    case "sharedList":
    case "autodiscover": {
      return say(`setup-found-${how.kind}`, { host: how.host });
    }
    case "nothing": {
      return say("setup-found-nothing", { domain });
    }
  }
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
