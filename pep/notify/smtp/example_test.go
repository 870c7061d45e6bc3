package smtp_test

import (
	"fmt"

	"virtualschool.example/pep/notify/smtp"
	"virtualschool.example/pep/private"
)

// A sender with a password must encrypt every connection.
func ExampleNew() {
	c := smtp.Config{Host: "mail.council.example", Username: "notifier", Password: private.NewText("open sesame")}
	_, err := smtp.New(c)
	fmt.Println(err)
	c.Security = smtp.Opportunistic
	_, err = smtp.New(c)
	fmt.Println(err)
	// Output:
	// <nil>
	// username must be empty unless every connection is encrypted
}
