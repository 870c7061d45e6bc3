package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// plans returns the plans that a person sees, as they see them.
func (w *world) plans(t *testing.T, key string) []workflow.View {
	t.Helper()
	views, err := (&call{site: w.site, me: w.people.find(key)}).plansOf(t.Context(), everything())
	require.NoError(t, err)
	return views
}

// can returns a plan on which a person can take an action.
func (w *world) can(t *testing.T, key string, verb pep.Verb) workflow.View {
	t.Helper()
	for _, v := range w.plans(t, key) {
		if v.Failed == nil && refusal(v, verb) == nil {
			return v
		}
	}
	require.Fail(t, "nobody's plan", "%s cannot %s any plan", key, verb.Words())
	return workflow.View{}
}

// teacher returns a delegated plan, and the key of its teacher.
func (w *world) teacher(t *testing.T) (string, workflow.View) {
	t.Helper()
	v := w.can(t, "social_worker", pep.VerbRetract)
	return v.Plan.Snapshot().Contributor.String(), v
}

// now returns a plan as it is stored.
func (w *world) now(t *testing.T, id pep.ID) *pep.PEP {
	t.Helper()
	p, err := w.Plan(t.Context(), program(), id)
	require.NoError(t, err)
	return p
}

const (
	sw, bs, vsc, desk = "social_worker", "business_support", "virtual_school_consultant", "service_desk"
)

// deed is one action in the browser.
type deed struct {
	who   string
	verb  pep.Verb
	more  url.Values
	stage pep.Stage // the stage after the deed; None if the deed does not change the stage
}

func why(name string) url.Values { return url.Values{name: {"Because"}} }

func day(name, d, m, y string) url.Values {
	return url.Values{name + "-day": {d}, name + "-month": {m}, name + "-year": {y}}
}

// deeds are the actions that have a form. In each row, the earlier deeds bring the plan to
// the stage that the last deed needs.
var deeds = [][]deed{
	{{sw, pep.VerbRescheduleMeeting, day("meeting", "4", "3", "2026"), pep.None}},
	{{sw, pep.VerbDelegate, nil, pep.Delegated}},
	{{sw, pep.VerbChangeContributor, nil, pep.Delegated}},
	{{sw, pep.VerbRetract, url.Values{"confirmedWithSetting": {"yes"}, "reason": {"Too soon"}}, pep.Draft}},
	{{sw, pep.VerbActivate, nil, pep.Returned}},
	{{sw, pep.VerbActivate, nil, pep.Returned}, {sw, pep.VerbRedelegate, why("comments"), pep.Delegated}},
	{{sw, pep.VerbReassign, day("next", "22", "4", "2026"), pep.Checking}},
	{{bs, pep.VerbSendForGrading, why("reason"), pep.Grading}},
	{{vsc, pep.VerbAwardGrade, url.Values{"grade": {"red"}, "feedback": {"The voice is missing"}}, pep.Returned}},
	{{bs, pep.VerbReturnForAmendment, why("reason"), pep.Returned}},
	{{bs, pep.VerbFinalise, why("waiver"), pep.Finalised}},
	{{bs, pep.VerbRevise, why("reason"), pep.Returned}},
	{{sw, pep.VerbCease, day("on", "11", "2", "2026"), pep.Cancelled}},
	{{desk, pep.VerbReopen, why("reason"), pep.Checking}},
	{{desk, pep.VerbDelete, why("reason"), pep.Deleted}},
	{{sw, pep.VerbRetract, url.Values{"confirmedWithSetting": {"yes"}, "reason": {"Too soon"}}, pep.Draft}, {desk, pep.VerbRestoreSections, why("reason"), pep.Draft}},
}

// asksFor holds, for each action of the service desk, the request that must come first.
var asksFor = map[pep.Verb]record.RequestKind{
	pep.VerbReopen: record.ReopenPlan, pep.VerbDelete: record.DeletePlan, pep.VerbRestoreSections: record.RestorePlan,
}

// A double click posts each form twice, and the plan moves one step.
func TestEachActionIsTakenOnce(t *testing.T) {
	t.Parallel()
	for _, steps := range deeds {
		last := steps[len(steps)-1]
		t.Run(last.verb.String(), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			var plan pep.ID
			for _, one := range steps {
				if kind := asksFor[one.verb]; kind != 0 {
					plan = w.ask(t, kind, plan)
				} else if plan.IsZero() {
					plan = w.can(t, one.who, one.verb).Plan.ID()
				}
				w.twice(t, plan, one)
			}
		})
	}
}

// twice takes an action twice with one form.
func (w *world) twice(t *testing.T, plan pep.ID, one deed) {
	t.Helper()
	before, b := w.now(t, plan).Version(), w.as(t, one.who)
	if one.stage == pep.None {
		one.stage = w.now(t, plan).Stage()
	}
	path := "/plan/" + plan.String() + "/act/" + one.verb.String()
	page := b.get(path)
	require.Equal(t, http.StatusOK, page.status, page.body)
	form := page.form(t, path, one.more)
	if i := strings.Index(page.body, `<option value="`); i >= 0 && one.verb != pep.VerbRedelegate {
		staff, err := w.Contributors(t.Context(), w.people.find(sw).Actor, w.now(t, plan).Snapshot().Establishment)
		require.NoError(t, err)
		form.Set("to", staff[len(staff)-1].ID.String())
		if staff[len(staff)-1].ID == w.now(t, plan).Snapshot().Contributor {
			form.Set("to", staff[0].ID.String())
		}
	} else if i >= 0 {
		form.Set("to", w.now(t, plan).Snapshot().Contributor.String())
	}
	for range 2 {
		got := b.post(path, form)
		require.Equal(t, http.StatusSeeOther, got.status, got.body)
		require.Contains(t, got.where, "done="+one.verb.String())
		require.Equal(t, http.StatusOK, b.get(got.where).status)
	}
	require.Equal(t, before+1, w.now(t, plan).Version(), "it was taken once")
	require.Equal(t, one.stage, w.now(t, plan).Stage())
	if one.verb == pep.VerbRetract {
		require.Contains(t, b.get("/plan/"+plan.String()+"/delegate").body, "can be restored before")
	}
}

// ask sends one request form twice as the social worker. It then requires that the page of
// the request leads the service desk to the plan.
func (w *world) ask(t *testing.T, kind record.RequestKind, plan pep.ID) pep.ID {
	t.Helper()
	for _, v := range w.plans(t, sw) {
		if plan.IsZero() && (v.Plan.Stage() == pep.Finalised) == (kind == record.ReopenPlan) {
			plan = v.Plan.ID()
		}
	}
	b, path := w.as(t, sw), "/requests/new/"+kind.String()+"?plan="+plan.String()
	form := b.get(path).form(t, path, why("description"))
	for range 2 {
		require.Equal(t, "/requests?done=asked", b.post(path, form).where)
	}
	all, err := w.Requests(t.Context(), w.people.find(desk).Actor, storage.RequestQuery{Scope: storage.Everything()})
	require.NoError(t, err)
	require.Len(t, all, 1)
	page := w.as(t, desk).get("/request/" + all[0].ID.String())
	require.Contains(t, page.links, "/plan/"+plan.String(), page.body+w.log.String())
	return plan
}

// A teacher saves a whole section, sees the progress, attaches a document and submits, each
// once. After that the teacher no longer sees the plan.
func TestTheTeachersPortal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key, v := w.teacher(t)
	b, at := w.as(t, key), "/plan/"+v.Plan.ID().String()
	form := b.get(at+"/section/3").form(t, at, nil)
	for q := range form {
		if q != "key" && q != "seen" {
			form.Set(q, "N/A")
		}
	}
	for range 2 {
		require.Equal(t, at+"/assessment?done=save_contribution", b.post(at+"/section/3", form).where)
	}
	require.Equal(t, v.Plan.Version()+1, w.now(t, v.Plan.ID()).Version())
	page := b.get(at + "/assessment").body
	require.Contains(t, page, "the contributor has saved answers in it")
	require.Contains(t, page, "with N/A")

	form = b.get(at+"/documents").form(t, at, nil)
	for range 2 {
		require.Equal(t, at+"/documents?done=attach", b.upload(at+"/documents", form, "Report & 1.pdf", strings.NewReader("%PDF-1.7")).where)
	}
	require.Equal(t, v.Plan.Version()+2, w.now(t, v.Plan.ID()).Version())
	require.Contains(t, b.get(at+"/documents").body, "Report &amp; 1.pdf")
	require.Contains(t, b.get(at+"/documents").body, "8 bytes")
	link := regexp.MustCompile(at + `/documents/[0-9a-f-]{36}`).FindString(b.get(at + "/documents").body)
	require.Equal(t, "%PDF-1.7", b.get(link).body)
	require.Equal(t, http.StatusNotFound, b.get(at+"/documents/"+uuid.NewString()).status)
	wrong := b.upload(at+"/documents", b.get(at+"/documents").form(t, at, nil), "report.pdf", strings.NewReader("<script>"))
	require.Equal(t, http.StatusBadRequest, wrong.status)
	require.Equal(t, v.Plan.Version()+2, w.now(t, v.Plan.ID()).Version())

	form = b.get(at+"/act/submit_contribution").form(t, at, nil)
	for range 2 {
		require.Equal(t, "/?done=submit_contribution", b.post(at+"/act/submit_contribution", form).where)
	}
	require.Equal(t, pep.Returned, w.now(t, v.Plan.ID()).Stage())
	require.Equal(t, http.StatusNotFound, b.get(at).status)
}

// A social worker writes a section, starts a plan, adds a note and acknowledges an alert,
// each once.
func TestTheSocialWorkersDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as(t, sw)
	v := w.can(t, sw, pep.VerbAnswer)
	at := "/plan/" + v.Plan.ID().String()
	path := at + "/section/1"
	form := b.get(path).form(t, path, nil)
	for q := range form {
		if q != "key" && q != "seen" {
			form.Set(q, "<b>Bold</b>\r\n& brave")
		}
	}
	for range 2 {
		require.Equal(t, at+"/assessment?done=answer", b.post(path, form).where)
	}
	require.Equal(t, v.Plan.Version()+1, w.now(t, v.Plan.ID()).Version())
	page := b.get(strings.Replace(path, "/section/", "/read/", 1)).body
	require.Contains(t, b.get(path).body, "&lt;b&gt;Bold")
	require.Contains(t, page, "&lt;b&gt;Bold&lt;/b&gt;\n&amp; brave", "what somebody wrote is text")
	require.NotContains(t, page, "<b>")

	child := "/child/" + v.Plan.Child().String()
	form = b.get(child+"/note").form(t, child, url.Values{"text": {"The carer rang <script>"}})
	for range 2 {
		require.Equal(t, child+"?done=noted", b.post(child+"/note", form).where)
	}
	require.Equal(t, 1, strings.Count(b.get(child).body, "The carer rang &lt;script&gt;"))

	tray := b.get("/")
	alert := ""
	for _, f := range tray.forms {
		if strings.Contains(f.action, "/alert/") {
			alert = f.action
		}
	}
	for range 2 {
		require.Equal(t, "/?done=acknowledged", b.post(alert, nil).where)
	}
	require.NotContains(t, b.get("/").body, alert)
	require.Equal(t, http.StatusNotFound, w.as(t, desk).post(alert, nil).status)
}

func TestAPlanIsStartedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	started := 0
	for _, one := range []struct {
		key  string
		verb string
		more url.Values
	}{{sw, "start_initial", day("meeting", "4", "3", "2026")}, {bs, "start_subsequent", day("meeting", "22", "4", "2026")}} {
		b := w.as(t, one.key)
		for _, link := range b.get("/children").links {
			if !strings.HasPrefix(link, "/child/") {
				continue
			}
			page := b.get(link)
			path := link + "/start/" + one.verb
			if !strings.Contains(page.body, path) {
				continue
			}
			before := len(w.plans(t, one.key))
			form := b.get(path).form(t, path, one.more)
			first, second := b.post(path, form), b.post(path, form)
			if first.status == http.StatusUnprocessableEntity {
				require.Contains(t, first.title, "Error: ") // the child needs no plan in the term of the day
				continue
			}
			require.Equal(t, http.StatusSeeOther, first.status, first.body)
			require.Equal(t, first.where, second.where)
			require.Len(t, w.plans(t, one.key), before+1)
			started++
			break
		}
	}
	require.Equal(t, 2, started)
}

// Business support previews payments and makes the run once. The head decides on a payment.
// A plan is exported as PDF and as a page. The register gives the time from which an
// account can be chosen.
func TestTheOffice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as(t, bs)
	preview := b.get("/payments").body
	require.Contains(t, preview, "Nothing is paid yet")
	require.Contains(t, preview, name(w.can(t, bs, pep.VerbRevise).Child))
	require.Contains(t, b.post("/payments", nil).body, "The payment run has been made")
	require.Contains(t, b.post("/payments", nil).body, "0 plans, £0.00", "a second run pays nothing")
	require.Equal(t, http.StatusNotFound, w.as(t, "virtual_school_head").post("/payments", nil).status)

	v := w.can(t, bs, pep.VerbRevise)
	head, at := w.as(t, "virtual_school_head"), "/plan/"+v.Plan.ID().String()
	require.Equal(t, at+"?done=decided", head.fill(at+"/payment", url.Values{"verdict": {"held"}, "reason": {"A question is open"}}).where)
	require.Equal(t, http.StatusNotFound, b.get(at+"/payment").status)

	order := url.Values{"purpose": {"meeting"}, "recipient": {"The school"}}
	got := b.fill(at+"/export", order)
	require.True(t, strings.HasPrefix(got.body, "%PDF-"))
	require.Equal(t, `attachment; filename="plan.pdf"`, got.header.Get("Content-Disposition"))
	order.Set("as", "html")
	got = b.fill(at+"/export", order)
	require.Contains(t, got.body, "The school")
	require.NotContains(t, got.body, v.Child.Reveal(private.Showing), "the order does not say that the child is named")
	order.Set("recipient", "")
	got = b.fill(at+"/export", order)
	require.Equal(t, http.StatusBadRequest, got.status)
	require.Contains(t, got.links, "#recipient")

	require.True(t, strings.HasPrefix(w.as(t, sw).get("/calendar.ics").body, "BEGIN:VCALENDAR"))
	require.Contains(t, b.get("/report").body, "Demonstration")
	found := b.get("/register?" + url.Values{"name": {"Unreal Sixth Form College"}, "postcode": {"ZZ4 1AA"}}.Encode()).body
	require.Contains(t, found, "The account can be chosen from 8am on 13 February 2026")
	require.Contains(t, found, "Can be chosen now")
	require.Contains(t, b.get("/register?name=Unreal&postcode=ZZ4+1AA").body, "0 establishments found")
}

// The service desk sees the plan while the request is open, and answers the request once.
func TestTheDeskAnswersARequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.ask(t, record.DeletePlan, pep.ID{})
	b := w.as(t, desk)
	all := b.get("/requests").links
	path := all[len(all)-1] + "/answer"
	require.Equal(t, http.StatusOK, b.get("/plan/"+plan.String()).status)
	form := b.get(path).form(t, path, url.Values{"text": {"Done"}})
	for range 2 {
		require.Equal(t, "/requests?done=answered", b.post(path, form).where)
	}
	require.Equal(t, http.StatusNotFound, b.get("/plan/"+plan.String()).status)
	form.Set("text", "Done otherwise")
	require.Equal(t, http.StatusConflict, b.post(path, form).status)
}

// The other request forms are reached from the register. A form that is left blank is
// refused.
func TestTheOtherFormsOfTheServiceDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as(t, bs)
	agency := url.Values{"name": {"Quarry Bank School"}, "address": {"1 Quarry Road"}, "postCode": {"ZZ9 9ZZ"}, "phone": {"01632 960000"}, "portal": {"yes"}}
	account := url.Values{"person": {"Ann Teller"}, "email": {"ann@school.example"}}
	found := b.get("/register?" + url.Values{"name": {"Fable College"}, "postcode": {"ZZ4 2AA"}}.Encode())
	sent := 0
	for _, link := range append(found.links, "/requests/new") {
		if !strings.HasPrefix(link, "/requests/new") {
			continue
		}
		for _, form := range b.get(link).links {
			if !strings.HasPrefix(form, "/requests/new/") {
				continue
			}
			bare := b.fill(form, nil)
			require.Equal(t, http.StatusBadRequest, bare.status, form)
			require.Contains(t, bare.body, "There is a problem")
			more := url.Values{"description": {"As agreed"}}
			for _, of := range []url.Values{agency, account} {
				for name, value := range of {
					if strings.Contains(bare.body, ` name="`+name+`"`) {
						more[name] = value
					}
				}
			}
			got := b.fill(form, more)
			require.Equal(t, "/requests?done=asked", got.where, "%s: %s", form, got.body)
			sent++
		}
	}
	require.Greater(t, sent, 5)
	require.Equal(t, http.StatusNotFound, b.get("/requests/new/reopen_plan").status)
	require.Equal(t, http.StatusNotFound, w.as(t, "virtual_school_head").get("/requests/new").status)
}

func TestATraySaysInAWordWhatIsDue(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]string{"2026-02-06": "Not due yet", "2026-02-12": "Not due yet", "2026-02-13": "Due soon", "2026-02-18": "Due today", "2026-02-20": "Overdue by 2 days"} {
		w := worldOn(t, on)
		teacher := ""
		for _, v := range w.plans(t, bs) {
			if v.Plan.Due() == civil.MustParse("2026-02-18") && v.Plan.Stage() == pep.Delegated {
				teacher = v.Plan.Snapshot().Contributor.String()
			}
		}
		tray := w.as(t, teacher).get("/").body
		require.Contains(t, tray, "</td>\n<td data-label=\"Due back\">18 February 2026 <strong class=\"tag")
		require.Contains(t, tray, want+"</strong>", on)
	}
	w := newWorld(t)
	before := civil.Date{}
	for _, part := range strings.Split(w.as(t, bs).get("/").body, `data-label="Arrived">`)[1:] {
		words, _, _ := strings.Cut(part, "<")
		at, err := time.Parse("2 January 2006", words)
		require.NoError(t, err)
		on := civil.Of(at, time.UTC)
		require.True(t, before.IsZero() || !on.After(before))
		before = on
	}
	require.False(t, before.IsZero())
}
