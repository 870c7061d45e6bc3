package notify_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
	"virtualschool.example/term/civil"
)

// A message becomes one e-mail for each addressee; here there is only one.
func ExampleOffice_Emails() {
	office := notify.Office{
		From: "noreply@council.example", Portal: "https://portal.council.example/plans",
		Domains: []string{"quarrybank.example"},
	}
	emails, err := office.Emails(storage.Message{
		ID: uuid.UUID{15: 1}, Plan: pep.ID{UUID: uuid.UUID{15: 2}}, Kind: "delegated",
		Establishment: record.EstablishmentID{UUID: uuid.UUID{15: 3}},
		At:            time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC),
	}, notify.Details{
		Meeting: civil.MustParse("2026-01-14"), Due: civil.MustParse("2026-01-28"),
		Contributor: notify.Recipient{ID: uuid.UUID{15: 4}, Address: private.NewText("teacher@quarrybank.example")},
	})
	for _, e := range emails {
		fmt.Println(e.MessageID(), "to", e.To())
		fmt.Println(e.Subject())
		fmt.Println()
		fmt.Print(e.Body())
	}
	fmt.Println(err)
	// Output:
	// 86cef80b-bdb6-52ec-aa23-e36abcc2f3ea@council.example to [private]
	// A Personal Education Plan is waiting for you to complete it
	//
	// A Personal Education Plan (PEP) has been delegated to you.
	//
	// Meeting: Wednesday 14 January 2026
	// Due: Wednesday 28 January 2026
	//
	// Open the plan in the portal, complete your sections and submit them by the due
	// date.
	//
	// https://portal.council.example/plans/00000000-0000-0000-0000-000000000002
	//
	// Reference: 00000000-0000-0000-0000-000000000002
	//
	// This e-mail was sent automatically. Please do not reply to it. To protect the
	// child, it does not say whose plan this is.
	// <nil>
}

// A notice names its addressees by role. The details say which person each addressee is,
// and every such person receives an e-mail.
func ExampleDetails() {
	fmt.Println("graded goes to", pep.NoticeGraded.To())
	office := notify.Office{From: "noreply@council.example", Portal: "https://portal.council.example", Domains: []string{"council.example", "quarrybank.example"}}
	emails, err := office.Emails(storage.Message{
		ID: uuid.UUID{15: 1}, Plan: pep.ID{UUID: uuid.UUID{15: 2}}, Kind: pep.NoticeGraded.String(),
		Establishment: record.EstablishmentID{UUID: uuid.UUID{15: 3}}, At: time.Unix(0, 0),
	}, notify.Details{
		Worker:      notify.Recipient{ID: uuid.UUID{15: 5}, Address: private.NewText("worker@council.example")},
		Contributor: notify.Recipient{ID: uuid.UUID{15: 4}, Address: private.NewText("teacher@quarrybank.example")},
	})
	for _, e := range emails {
		fmt.Println(e.To().Reveal(private.Sending))
	}
	fmt.Println(err)
	// Output:
	// graded goes to the social worker and the establishment
	// worker@council.example
	// teacher@quarrybank.example
	// <nil>
}

// A host sends the messages in its store as e-mails.
func ExamplePublisher_Publish() {
	ctx, store := context.Background(), memstore.New()
	publisher, err := notify.New(notify.Config{
		Plans: store, Sender: notify.Folder("notices"), // or an smtp.Sender
		Office: notify.Office{
			From: "noreply@council.example", Portal: "https://portal.council.example/plans",
			Domains: []string{"quarrybank.example"},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	relay, err := outbox.New(outbox.Config{Outbox: store, Publish: publisher.Publish})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(relay.Drain(ctx)) // a service uses relay.Run
	// Output: 0 <nil>
}

// If there is no mail server, a Folder writes the e-mails to files.
func ExampleFolder() {
	dir, err := os.MkdirTemp("", "notices")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	office := notify.Office{From: "noreply@council.example", Portal: "https://portal.council.example", Domains: []string{"council.example"}}
	emails, err := office.Emails(storage.Message{
		ID: uuid.UUID{15: 1}, Plan: pep.ID{UUID: uuid.UUID{15: 2}}, Kind: "returned", At: time.Unix(0, 0),
	}, notify.Details{Worker: notify.Recipient{ID: uuid.UUID{15: 5}, Address: private.NewText("worker@council.example")}})
	for _, e := range emails {
		err = notify.Folder(dir).Send(context.Background(), e)
	}
	files, _ := os.ReadDir(dir)
	fmt.Println(len(files), strings.HasSuffix(files[0].Name(), ".eml"), err)
	// Output: 1 true <nil>
}

// A domain in the list does not allow its subdomains, nor names that look alike.
func ExampleCheckAddress() {
	for _, address := range []string{"office@school.example", "office@mail.school.example", "Office <office@school.example>"} {
		fmt.Println(notify.CheckAddress(address, []string{"school.example"}))
	}
	// Output:
	// <nil>
	// address must be one bare e-mail address in an allowed domain
	// address must be one bare e-mail address in an allowed domain
}
