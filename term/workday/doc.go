// Package workday counts working days: Monday to Friday, without the bank and
// public holidays of England and Wales (DUE-7). Working days are not school
// days.
//
// Bank holidays are published a few years ahead, one-off days at short notice,
// so a [Calendar] is a table with a first and a last day. [EnglandAndWales] is
// the table that comes with the package and [New] takes another. Beyond its
// ends every question is refused by DUE-7, never guessed.
//
// A period excludes the day it runs from and includes its last day.
package workday
