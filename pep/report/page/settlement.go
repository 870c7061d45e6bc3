package page

import (
	"cmp"
	"slices"

	"virtualschool.example/pep/report"
)

// settlementView holds what the page shows of a payment run.
type settlementView struct {
	Pounds, Plans, On string // On is "" if nothing is paid
	Totals            table
	Unpaid, Undecided *table // each is nil if there are no such plans
}

func (b *Brief) settlement(s *report.Settlement) *settlementView {
	v := &settlementView{Pounds: pounds(s.Pence), Plans: counted(len(s.Lines), "plan", "plans"), Totals: b.totals(s)}
	if len(s.Lines) > 0 {
		v.On = s.Lines[0].PaidOn.Words()
	}
	if len(s.Unpaid) > 0 {
		v.Unpaid = unpaid(s)
	}
	if len(s.Undecided) > 0 {
		v.Undecided = undecided(s)
	}
	return v
}

// totals returns the table of the establishments, beginning with those that are paid most.
func (b *Brief) totals(s *report.Settlement) table {
	all := slices.SortedStableFunc(slices.Values(s.Totals), func(a, b report.PaidTotal) int { return cmp.Compare(b.Pence, a.Pence) })
	shown, rest := largest(all)
	out := table{Caption: "Payments to each establishment", Head: []cell{text("Establishment"), text("Financial year"), figure("Plans"), figure("Paid")}}
	for _, p := range shown {
		payee := report.Group{By: report.ByEstablishment, Key: p.Establishment.String()}
		out.Rows = append(out.Rows, row{Name: b.name(payee), Cells: []cell{text(p.FinancialYear.String()), count(p.Plans), figure(pounds(p.Pence))}})
	}
	if len(rest) > 0 {
		var others report.PaidTotal
		for _, p := range rest {
			others.Plans += p.Plans
			others.Pence += p.Pence
		}
		out.Rows = append(out.Rows, row{Name: number(len(rest)) + " others together", Cells: []cell{text(""), count(others.Plans), figure(pounds(others.Pence))}})
	}
	out.Rows = append(out.Rows, row{Name: "Total", Cells: []cell{text(""), count(len(s.Lines)), figure(pounds(s.Pence))}})
	return out
}

func unpaid(s *report.Settlement) *table {
	out := &table{Caption: "Plans that were not paid", Head: []cell{text("Cause"), text("The plan is"), figure("Plans")}}
	for _, u := range s.Unpaid {
		out.Rows = append(out.Rows, row{Name: capital(u.Cause.Words()), Cells: []cell{whole(u.Verdict.Words()), count(u.Plans)}})
	}
	return out
}

func undecided(s *report.Settlement) *table {
	out := &table{Caption: "Plans about which the run could not decide", Head: []cell{text("Plan"), text("Why")}}
	shown, rest := largest(s.Undecided)
	for _, u := range shown {
		out.Rows = append(out.Rows, row{Name: u.Plan.String(), Cells: []cell{text(valid(u.Why))}})
	}
	if len(rest) > 0 {
		out.Rows = append(out.Rows, row{Name: number(len(rest)) + " other plans", Cells: []cell{text("")}})
	}
	return out
}
