package ical_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/export/ical"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/storage"
)

// failing stands in for the test that peptest needs.
type failing struct{}

func (failing) Helper()                           {}
func (failing) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// A designated teacher subscribes to the plans that are delegated to them.
func Example() {
	ctx, service, teacher := context.Background(), peptest.New(failing{}), peptest.Actor(pep.DesignatedTeacher)
	service.At(1, pep.Delegated)
	service.At(2, pep.Draft) // the teacher does not see this plan
	views, err := service.LookAll(ctx, teacher, storage.Query{Scope: storage.Establishment(peptest.School().ID)})
	fmt.Println(len(views), err)
	var feed bytes.Buffer
	fmt.Println(ical.Write(&feed, views, service.Clock.Now()))
	for line := range strings.SplitSeq(feed.String(), "\r\n") {
		if strings.HasPrefix(line, "DTSTART") {
			fmt.Println(line)
		}
	}
	// Output:
	// 1 <nil>
	// <nil>
	// DTSTART;VALUE=DATE:20260114
	// DTSTART;VALUE=DATE:20260128
	// DTSTART;VALUE=DATE:20260114
}
