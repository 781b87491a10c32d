// The servers by hand: one column for mail that comes, one for mail that goes.
import { Button } from "../../components/Button";
import { say } from "../../words";
import { ServerForm } from "./ServerForm";
import { SignInWay } from "./SignInWay";
import { Tick } from "./Tick";
import type { Setup } from "./useSetup";
import styles from "./Manual.module.css";

export function Manual({ setup }: { setup: Setup }) {
  const { state, change, problems } = setup;
  return (
    <div className={styles.manual}>
      <ServerForm setup={setup} side="incoming" />
      <div className={styles.column}>
        <ServerForm setup={setup} side="outgoing" />
        <Tick
          on={state.separatePassword}
          onChange={(separatePassword) => change((now) => ({ ...now, separatePassword }))}
        >
          {say("setup-separate")}
        </Tick>
        {state.separatePassword && (
          <SignInWay
            setup={setup}
            side="outgoing"
            word={(field) => (problems[field] ? say(problems[field]) : undefined)}
          />
        )}
        <Button className={styles.test} isDisabled={setup.busy} onPress={() => setup.begin("test")}>
          {say("setup-test")}
        </Button>
      </div>
    </div>
  );
}
