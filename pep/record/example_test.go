package record_test

import (
	"fmt"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// A child prints without personal data.
func ExampleChild() {
	child := record.Child{
		Name:    private.NewText("Ada Lovelace"),
		Born:    private.NewDate(civil.MustParse("2015-12-10")),
		Consent: record.Given,
	}
	fmt.Println(child.Name, child.Born, child.Consent)
	fmt.Println(child.Name.Reveal(private.Showing))
	// Output:
	// [private] [private] given
	// Ada Lovelace
}

// Check names every member that is not valid, and quotes no value.
func ExampleChild_Check() {
	child := record.Child{
		UPN:  private.NewText("A801200005001"),
		Care: record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2026-02-01"), To: civil.MustParse("2026-01-01")}}}},
	}
	fmt.Println(child.Check())
	// Output:
	// born must be the date of birth
	// upn must be a UPN: a check letter, eleven digits and a digit or letter
	// to must be the first day after the period, and not earlier than "from"
}

func ExampleEstablishment() {
	school := record.Establishment{Name: "Moor End Primary", Status: record.Current, DfENumber: "888/4000"}
	fmt.Println(school.Status, school.Check())
	// Output: current <nil>
}

// The end of a span is the first day that it does not cover.
func ExampleSpan() {
	care := record.Span{From: civil.MustParse("2025-01-01"), To: civil.MustParse("2026-02-01")}
	fmt.Println(care.Covers(civil.MustParse("2026-01-31")), care.Covers(care.To))
	fmt.Println(care.Within(record.Span{From: civil.MustParse("2026-01-01"), To: civil.MustParse("2026-04-01")}).Empty())
	// Output:
	// true false
	// false
}

func ExampleParseUPN() {
	fmt.Println(record.ParseUPN("b801 2000 05001"))
	fmt.Println(record.ParseUPN("Z88840002500A")) // a temporary UPN
	_, ok := record.ParseUPN("A801200005001")
	fmt.Println(ok)
	// Output:
	// B801200005001 true
	// Z88840002500A true
	// false
}

func ExampleParseDfENumber() {
	fmt.Println(record.ParseDfENumber("8884000"))
	// Output: 888/4000 true
}

func ExampleParseURN() {
	fmt.Println(record.ParseURN("119999"))
	// Output: 119999 true
}
