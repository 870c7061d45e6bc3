package storage

// If a store has a role besides Plans, its Readers or Txs implement the role's
// interface. Each function in this file returns a Reader or Tx as one of these
// interfaces, for use within the same transaction. If the store lacks the role, the
// function returns an *Error with the sentinel that its comment names.

// RegisterOf returns r as a Register, or ErrNoRegister if the store keeps no
// register.
func RegisterOf(r Reader) (Register, error) { return roleOf[Register](r, "register", ErrNoRegister) }

// RegistrarOf returns tx as a Registrar, or ErrNoRegister if the store keeps no
// register.
func RegistrarOf(tx Tx) (Registrar, error) { return roleOf[Registrar](tx, "register", ErrNoRegister) }

// BookOf returns r as a Book, or ErrNoRole if the store keeps no book.
func BookOf(r Reader) (Book, error) { return roleOf[Book](r, "book", ErrNoRole) }

// BookkeeperOf returns tx as a Bookkeeper, or ErrNoRole if the store keeps no book.
func BookkeeperOf(tx Tx) (Bookkeeper, error) { return roleOf[Bookkeeper](tx, "book", ErrNoRole) }

// PaymentsOf returns r as Payments, or ErrNoRole if the store keeps no payments.
func PaymentsOf(r Reader) (Payments, error) { return roleOf[Payments](r, "payments", ErrNoRole) }

// PayerOf returns tx as a Payer, or ErrNoRole if the store keeps no payments.
func PayerOf(tx Tx) (Payer, error) { return roleOf[Payer](tx, "payments", ErrNoRole) }

// AuditOf returns r as an Audit, or ErrNoRole if the store keeps no audit trail.
func AuditOf(r Reader) (Audit, error) { return roleOf[Audit](r, "audit", ErrNoRole) }

// AuditorOf returns tx as an Auditor, or ErrNoRole if the store keeps no audit
// trail.
func AuditorOf(tx Tx) (Auditor, error) { return roleOf[Auditor](tx, "audit", ErrNoRole) }

// AlertsOf returns r as Alerts, or ErrNoRole if the store keeps no alerts.
func AlertsOf(r Reader) (Alerts, error) { return roleOf[Alerts](r, "alerts", ErrNoRole) }

// AcknowledgerOf returns tx as an Acknowledger, or ErrNoRole if the store keeps no
// alerts.
func AcknowledgerOf(tx Tx) (Acknowledger, error) {
	return roleOf[Acknowledger](tx, "alerts", ErrNoRole)
}

// roleOf returns its first argument as a Role. If that argument does not implement
// Role, roleOf returns an *Error with the given sentinel.
func roleOf[Role any](of any, op string, lacks error) (Role, error) {
	role, ok := of.(Role)
	if !ok {
		return role, &Error{Op: op, Err: lacks}
	}
	return role, nil
}
