package report

import (
	"io"
	"iter"
	"slices"

	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
)

// payeeColumns are the columns that describe an establishment.
func payeeColumns[T any](of func(T) record.EstablishmentID) []column[T] {
	return []column[T]{
		{"establishment", "id of the establishment; blank for none", func(c *cells, row T) { c.id(of(row).UUID) }},
		{"establishment_name", "its name", func(c *cells, row T) { c.Text(c.establishment(of(row)).Name) }},
		{"dfe_number", "its DfE number, such as 888/4000", func(c *cells, row T) { c.Text(c.establishment(of(row)).DfENumber) }},
	}
}

func paidColumns() []column[payment.Line] {
	return append(payeeColumns(func(l payment.Line) record.EstablishmentID { return l.Establishment }), []column[payment.Line]{
		{"term", "the term of the plan", func(c *cells, l payment.Line) { c.Text(l.Term.String()) }},
		{"financial_year", "the financial year of the term, such as 2025/26", func(c *cells, l payment.Line) { c.Text(l.FinancialYear.String()) }},
		{"pounds", "the amount paid, such as 610.00", func(c *cells, l payment.Line) { c.Hundredths(l.Pence) }},
		{"plan", "id of the plan", func(c *cells, l payment.Line) { c.id(l.Plan.UUID) }},
		{"paid_on", "the day of the run", func(c *cells, l payment.Line) { c.day(l.PaidOn) }},
		{"cause", "payable, or paid_by_head if the Virtual School Head decided to pay", func(c *cells, l payment.Line) { c.Text(l.Cause.String()) }},
	}...)
}

func totalColumns() []column[PaidTotal] {
	return append(payeeColumns(func(p PaidTotal) record.EstablishmentID { return p.Establishment }), []column[PaidTotal]{
		{"financial_year", "the financial year of the terms, such as 2025/26", func(c *cells, p PaidTotal) { c.Text(p.FinancialYear.String()) }},
		{"plans", "how many plans are paid", func(c *cells, p PaidTotal) { c.Number(p.Plans) }},
		{"pounds", "the total paid for those plans", func(c *cells, p PaidTotal) { c.Hundredths(p.Pence) }},
	}...)
}

func unpaidColumns() []column[payment.Exception] {
	return append(payeeColumns(func(e payment.Exception) record.EstablishmentID { return e.Establishment }), []column[payment.Exception]{
		{"term", "the term of the plan", func(c *cells, e payment.Exception) { c.Text(e.Term.String()) }},
		{"verdict", "held or not_payable", func(c *cells, e payment.Exception) { c.Text(e.Verdict.String()) }},
		{"cause", "why the plan is not paid, such as not_finalised", func(c *cells, e payment.Exception) { c.Text(e.Cause.String()) }},
		{"words", "the cause in words", func(c *cells, e payment.Exception) { c.Text(e.Cause.Words()) }},
		{"rules", "the rules that decided, the deciding one first", func(c *cells, e payment.Exception) { c.rules(e.Rules) }},
		{"plan", "id of the plan", func(c *cells, e payment.Exception) { c.id(e.Plan.UUID) }},
	}...)
}

func undecidedColumns() []column[UndecidedPlan] {
	return []column[UndecidedPlan]{
		{"plan", "id of the plan", func(c *cells, u UndecidedPlan) { c.id(u.Plan.UUID) }},
		{"words", "why the run could not decide about the plan", func(c *cells, u UndecidedPlan) { c.Text(u.Why) }},
	}
}

// Payments iterates over the tables of a payment run. For each table it yields the name,
// such as "payments", and a function that writes the table.
func (form CSV) Payments(s *Settlement) iter.Seq2[string, func(io.Writer) error] {
	return func(yield func(string, func(io.Writer) error) bool) {
		_ = yield("payments", table(form, paidColumns(), slices.Values(s.Lines))) &&
			yield("payment_totals", table(form, totalColumns(), slices.Values(s.Totals))) &&
			yield("unpaid", table(form, unpaidColumns(), slices.Values(s.Exceptions))) &&
			yield("undecided", table(form, undecidedColumns(), slices.Values(s.Undecided)))
	}
}
