package statement

// ID is the name of a statement, as given in its .sql file or in the table of
// lists.
type ID string

// Checks that a store makes before anything else.
const (
	Schema  ID = "Schema"
	Unfit   ID = "Unfit"
	Writing ID = "Writing"
	Erasing ID = "Erasing"
	Inside  ID = "Inside"
)

// Plans and what belongs to them.
const (
	Plan          ID = "Plan"
	LockPlan      ID = "LockPlan"
	LockPlanFirst ID = "LockPlanFirst"
	Version       ID = "Version"
	InsertPlan    ID = "InsertPlan"
	UpdatePlan    ID = "UpdatePlan"
	TouchPlan     ID = "TouchPlan"
	SaveNew       ID = "SaveNew"
	SaveStep      ID = "SaveStep"
	History       ID = "History"
	InsertEvent   ID = "InsertEvent"
	Answers       ID = "Answers"
	PutAnswers    ID = "PutAnswers"
	Text          ID = "Text"
	InsertText    ID = "InsertText"
	Seal          ID = "Seal"
	Clear         ID = "Clear"
	Sealed        ID = "Sealed"
	Unseal        ID = "Unseal"
	Unsealed      ID = "Unsealed"
	Destroy       ID = "Destroy"
)

// Lists of plans, by the index that they read.
const (
	ListByMeeting       ID = "ListByMeeting"
	ListByChild         ID = "ListByChild"
	ListByChildren      ID = "ListByChildren"
	ListByEstablishment ID = "ListByEstablishment"
	ListByContributor   ID = "ListByContributor"
	ListByStage         ID = "ListByStage"
	ListByTerm          ID = "ListByTerm"
	ListByDue           ID = "ListByDue"
	Outlines            ID = "Outlines"
)

// Keys of commands.
const (
	Outcome        ID = "Outcome"
	Repeated       ID = "Repeated"
	InsertKey      ID = "InsertKey"
	InsertKeyFirst ID = "InsertKeyFirst"
	Record         ID = "Record"
	PruneKeys      ID = "PruneKeys"
)

// Messages.
const (
	Post      ID = "Post"
	Waiting   ID = "Waiting"
	Earlier   ID = "Earlier"
	Lease     ID = "Lease"
	Delivered ID = "Delivered"
	Release   ID = "Release"
	SetAside  ID = "SetAside"
	SetAsides ID = "SetAsides"
	Leased    ID = "Leased"
	Requeue   ID = "Requeue"

	PruneMessages ID = "PruneMessages"
)

// Alerts.
const (
	Alerts      ID = "Alerts"
	Acknowledge ID = "Acknowledge"
	Alerting    ID = "Alerting"
)

// The register.
const (
	Child            ID = "Child"
	Children         ID = "Children"
	ChildrenOf       ID = "ChildrenOf"
	Caseload         ID = "Caseload"
	PutChild         ID = "PutChild"
	Establishment    ID = "Establishment"
	EstablishmentsOf ID = "EstablishmentsOf"
	Named            ID = "Named"
	PutEstablishment ID = "PutEstablishment"
	Contributor      ID = "Contributor"
	Contributors     ID = "Contributors"
	ContributorsAt   ID = "ContributorsAt"
	PutContributor   ID = "PutContributor"
)

// Notes, requests, payments and the audit trail, with their lists.
const (
	AddNote                 ID = "AddNote"
	Notes                   ID = "Notes"
	AddRequest              ID = "AddRequest"
	Requests                ID = "Requests"
	RequestsOfChild         ID = "RequestsOfChild"
	RequestsOfChildren      ID = "RequestsOfChildren"
	RequestsOfEstablishment ID = "RequestsOfEstablishment"
	Open                    ID = "Open"
	OpenOfChild             ID = "OpenOfChild"
	OpenOfChildren          ID = "OpenOfChildren"
	OpenOfEstablishment     ID = "OpenOfEstablishment"
	Request                 ID = "Request"
	AnswerRequest           ID = "AnswerRequest"
	Pay                     ID = "Pay"
	Paid                    ID = "Paid"
	PaidOfChild             ID = "PaidOfChild"
	PaidOfChildren          ID = "PaidOfChildren"
	PaidOfEstablishment     ID = "PaidOfEstablishment"
	Decide                  ID = "Decide"
	Decisions               ID = "Decisions"
	DecisionsOf             ID = "DecisionsOf"
	Audit                   ID = "Audit"
	Entries                 ID = "Entries"
	EntriesOfChild          ID = "EntriesOfChild"
	EntriesOfChildren       ID = "EntriesOfChildren"
	EntriesOfPlan           ID = "EntriesOfPlan"
	EntriesOfPerson         ID = "EntriesOfPerson"
)
