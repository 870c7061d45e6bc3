// Package workday counts working days: Monday to Friday, except the bank and
// public holidays of England and Wales (DUE-7). Working days are not school
// days.
//
//	due, err := workday.EnglandAndWales().Add(meeting, 10) // ten working days after the meeting
//
// Bank holidays are published a few years ahead, and one-off holidays at short
// notice. A [Calendar] is therefore a table with a first and a last day:
// [EnglandAndWales] comes with the package, and [New] makes another. Outside
// its days a calendar never guesses: it returns a *rule.Refusal of DUE-7.
//
// A period does not include the day on which it starts, but does include its
// last day.
package workday
