// Which day the list is to go to: typed part by part, as it is written where the person lives, or pressed in the calendar below.
import { useState } from "react";
import { getLocalTimeZone, today, type CalendarDate } from "@internationalized/date";
import { DateField, DateInput, DateSegment, I18nProvider, Label } from "react-aria-components";
import { goToDate } from "../../../actions/goToDate";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { FIRST_DAY, Month } from "../../../components/Month";
import { say } from "../../../words";
import { dayLocale } from "../../../words/days";
import styles from "../../../components/Day.module.css";

export function GoToDate({ onClose }: { onClose: () => void }) {
  const [day, setDay] = useState<CalendarDate | null>(() => today(getLocalTimeZone()));
  const [seen, setSeen] = useState(() => today(getLocalTimeZone()));
  const isKnown = day !== null && day.compare(FIRST_DAY) >= 0;
  const go = (to: CalendarDate) => {
    onClose();
    void goToDate(to.toString());
  };
  const choose = (to: CalendarDate | null) => {
    setDay(to);
    // A year is typed digit by digit: the calendar waits for all four.
    if (to !== null && to.compare(FIRST_DAY) >= 0) setSeen(to);
  };
  return (
    <Dialog title={say("date-title")} onClose={onClose}>
      <I18nProvider locale={dayLocale()}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isKnown) go(day);
          }}
        >
          <DateField
            className={styles.day ?? ""}
            value={day}
            onChange={choose}
            granularity="day"
            shouldForceLeadingZeros
            // It is what is asked.
            autoFocus
            onKeyDown={(event) => {
              if (event.key === "Enter" && isKnown) go(day);
            }}
          >
            <Label>{say("date-day")}</Label>
            <DateInput className={styles.field ?? ""}>
              {(segment) => <DateSegment segment={segment} className={styles.part ?? ""} />}
            </DateInput>
          </DateField>
          <Month seen={seen} onSee={setSeen} value={isKnown ? day : null} onChange={go} />
          <DialogFoot>
            <Button onPress={onClose}>{say("cancel")}</Button>
            <Button kind="primary" type="submit" isDisabled={!isKnown}>
              {say("date-go")}
            </Button>
          </DialogFoot>
        </form>
      </I18nProvider>
    </Dialog>
  );
}
