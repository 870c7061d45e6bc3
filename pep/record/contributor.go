package record

import (
	"time"

	"virtualschool.example/pep/private"
)

// Contributor is the designated teacher or practitioner of an establishment to
// whom a form is delegated.
type Contributor struct {
	ID            ContributorID
	Establishment EstablishmentID
	Name          private.Text
	Email         private.Text
	Active        bool      // ACTIVE in the address book (PRE-2)
	Actioned      time.Time // when the portal account was actioned (PRE-3); zero where long ago
}
