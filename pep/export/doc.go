// Package export writes one plan as a document for people, and the form of a plan
// for paper.
//
// A host orders an export from the service, which checks the permission and enters the
// export in the audit trail. The host makes a [Document] of the result and writes it:
//
//	exported, err := service.Export(ctx, by, plan, workflow.ExportOrder{
//		Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), Named: true, All: true,
//	})
//	err = export.Of(exported).HTML(w)
//
// The document has the sections that the order names, with every question and its answer.
// It also lists the sections that were left out. Every page shows the purpose, the
// recipient, the time of the export and the role of the person who exported the plan. If
// the order says Named, the first line is the child's name from the register. A host whose
// register holds no names sets Document.Child itself. The title, which browsers and file
// lists show, never holds a name.
//
// [Blank] makes an empty form with room to write.
//
// Answers appear as plain text, whatever they contain. Markup is escaped. A character that
// is invisible or changes the order of others appears as its code, such as [U+202E]. The
// same document gives the same bytes.
//
// [Document.HTML] writes a page that has no script and loads nothing. Browsers that support
// page margin boxes, such as Chromium, print the stamp on every sheet. Package pdf writes
// the same document for paper. Package ical writes the meetings and due dates of several
// plans as a calendar. A program links only the packages that it imports.
package export
