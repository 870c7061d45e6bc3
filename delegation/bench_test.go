package delegation_test

import (
	"strings"
	"testing"

	"virtualschool.example/delegation"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Each floor is code that somebody would write by hand for Lancashire alone,
// without a policy, reasons or errors.

func BenchmarkDue(b *testing.B) {
	p := delegation.Lancashire()
	wd := with(workingDays)
	meeting, delegated := on("2026-03-25"), on("2026-03-13")
	late := on("2026-04-05")
	b.Run("ours", func(b *testing.B) { benchDue(b, p, meeting, delegated) })
	b.Run("ours/out_of_term", func(b *testing.B) { benchDue(b, p, meeting, late) })
	b.Run("ours/working_days", func(b *testing.B) { benchDue(b, wd, meeting, delegated) })
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			floorDue(meeting, delegated)
		}
	})
}

func benchDue(b *testing.B, p delegation.Rules, meeting, delegated civil.Date) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Due(meeting, delegated); err != nil {
			b.Fatal(err)
		}
	}
}

//go:noinline
func floorDue(meeting, delegated civil.Date) civil.Date {
	const twoWeeks = 14
	due := meeting.AddDays(twoWeeks)
	if delegated.After(due) || floorTerm(delegated) > floorTerm(meeting) {
		return delegated.AddDays(twoWeeks)
	}
	return due
}

func floorTerm(d civil.Date) int {
	return 3*d.Year() + int("0000111112222"[d.Month()]-'0')
}

func BenchmarkParseAssignment(b *testing.B) {
	p, form := delegation.Lancashire(), in("SPRING 2022")
	for name, comment := range map[string]string{"ours": "SPRING—17/06/2022", "ours/typed": " spring - 17/6/2022 "} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.ParseAssignment(comment, form, term.Term{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := floorComment("SPRING—17/06/2022", form); !ok {
				b.Fatal("refused")
			}
		}
	})
}

// floorComment reads the one exact form of the comment and nothing else.
//
//go:noinline
func floorComment(s string, form term.Term) (civil.Date, bool) {
	word, date, ok := strings.Cut(s, "—")
	if !ok || len(date) != len("17/06/2022") || date[2] != '/' || date[5] != '/' || word != form.Season().String() {
		return civil.Date{}, false
	}
	var iso [10]byte
	copy(iso[:], date[6:])
	iso[4], iso[7] = '-', '-'
	copy(iso[5:], date[3:5])
	copy(iso[8:], date[:2])
	next, err := civil.Parse(string(iso[:]))
	return next, err == nil && floorTerm(next) >= 3*form.Year()
}

func BenchmarkTimeliness(b *testing.B) {
	p, due, today := delegation.Lancashire(), on("2026-03-25"), on("2026-04-20")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Timeliness(due, today, civil.Date{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCarryForward(b *testing.B) {
	p, meeting, due, today := delegation.Lancashire(), on("2026-03-25"), on("2026-04-08"), on("2026-04-09")
	b.ReportAllocs()
	for b.Loop() {
		p.CarryForward(meeting, due, today, civil.Date{}, 0)
	}
}

func BenchmarkRemindOn(b *testing.B) {
	p := delegation.Lancashire()
	d := delegation.Dates{Meeting: on("2026-01-14"), Delegated: on("2026-01-06"), Due: on("2026-01-28")}
	b.ReportAllocs()
	for b.Loop() {
		p.RemindOn(d.Meeting, d)
	}
}
