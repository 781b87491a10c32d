// Which day the list is to go to: typed part by part, day first, or pressed in a calendar. The web view's own field for dates is not used:
// that of WebKitGTK takes no digits one after the other, and has the months first.
import { useState } from "react";
import { CalendarDate, endOfMonth, getLocalTimeZone, maxDate, today } from "@internationalized/date";
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateField,
  DateInput,
  DateSegment,
  Heading,
  Label,
} from "react-aria-components";
import { goToDate } from "../../../actions/goToDate";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import type { IconName } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { say } from "../../../words";
import styles from "./GoToDate.module.css";

/** No letter is older than the first of them (RFC 733 was written in 1977). */
const FIRST = new CalendarDate(1970, 1, 1);

export function GoToDate({ onClose }: { onClose: () => void }) {
  const [day, setDay] = useState<CalendarDate | null>(() => today(getLocalTimeZone()));
  const [seen, setSeen] = useState(() => today(getLocalTimeZone()));
  const isKnown = day !== null && day.compare(FIRST) >= 0;
  const go = (to: CalendarDate) => {
    onClose();
    void goToDate(to.toString());
  };
  const choose = (to: CalendarDate | null) => {
    setDay(to);
    // A year is typed digit by digit: the calendar waits for all four.
    if (to !== null && to.compare(FIRST) >= 0) setSeen(to);
  };
  // Not of the calendar's own two: years are stepped through as well.
  const step = (label: string, icon: IconName, by: { months: number } | { years: number }) => (
    <IconButton
      slot={null}
      icon={icon}
      label={label}
      isDisabled={endOfMonth(seen.add(by)).compare(FIRST) < 0}
      onPress={() => setSeen((before) => maxDate(before.add(by), FIRST) ?? FIRST)}
    />
  );
  return (
    <Dialog title={say("date-title")} onClose={onClose}>
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
        <Calendar
          aria-label={say("date-calendar")}
          className={styles.calendar ?? ""}
          minValue={FIRST}
          value={isKnown ? day : null}
          onChange={go}
          focusedValue={seen}
          onFocusChange={setSeen}
        >
          <header className={styles.head}>
            {step(say("date-year-before"), "farLeft", { years: -1 })}
            {step(say("date-month-before"), "left", { months: -1 })}
            <Heading className={styles.month ?? ""} />
            {step(say("date-month-after"), "right", { months: 1 })}
            {step(say("date-year-after"), "farRight", { years: 1 })}
          </header>
          <CalendarGrid className={styles.grid ?? ""} weekdayStyle="short">
            {(date) => <CalendarCell date={date} className={styles.cell ?? ""} />}
          </CalendarGrid>
        </Calendar>
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={!isKnown}>
            {say("date-go")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
