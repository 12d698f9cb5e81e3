PRAGMA application_id = 1296323667;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE actions (
    run TEXT NOT NULL, place INTEGER NOT NULL, document TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (run, place)
);
INSERT INTO "actions" VALUES('20261125-204512-c3c9',0,'{"action": "CreateCohort", "idnumber": "agents"}','done','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',0,'{"action": "CreateCategory", "category": {"idnumber": "inner", "name": "Inner", "parent": "medtown"}}','done','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',1,'{"action": "CreateCourse", "course": {"idnumber": "new", "shortname": "NEW", "fullname": "New", "category": "inner", "sections": [], "summary": "<All> that is new.", "format": "topics", "ends": null}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',2,'{"action": "ChangeCourse", "course": "tot", "changes": [{"field": "fullname", "before": "Training", "after": "Formación"}]}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',3,'{"action": "AddSection", "course": "tot", "place": 3}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',4,'{"action": "NameSection", "course": "tot", "place": 1, "name": "One", "format": "topics"}','quarantined','Moodle says no');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',5,'{"action": "NameSection", "course": "tot", "place": 2, "name": "Two", "format": "topics"}','left out','left out, since what it builds on isn''t there');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',6,'{"action": "NameSection", "course": "tot", "place": 3, "name": "Three", "format": "topics"}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',7,'{"action": "CreatePerson", "person": {"username": "fatima", "firstname": "Fatima", "lastname": "Ruiz", "email": "fatima@example.org", "idnumber": "fatima", "lang": "en", "auth": null, "suspended": null, "profile": [["city", "Túnez"]]}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',8,'{"action": "ChangePerson", "person": "eva", "changes": [{"field": "lastname", "before": "Ruiz", "after": "حدّاد"}]}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',9,'{"action": "ChangePerson", "person": "fatima", "changes": [{"field": "profile_field_city", "before": "", "after": "Túnez"}]}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',10,'{"action": "Enrol", "enrolment": {"course": "tot", "person": "fatima", "role": "student", "start": 1770000000, "days": 0, "suspended": false}, "term": {"start": 1770000000, "end": 0, "suspended": false}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',11,'{"action": "AddRole", "course": "tot", "person": "ben", "role": "teacher"}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',12,'{"action": "ChangeTerm", "course": "tot", "person": "cleo", "role": "student", "before": {"start": 1770000000, "end": 0, "suspended": false}, "after": {"start": 1770000000, "end": 0, "suspended": true}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',13,'{"action": "CreateGroup", "group": {"course": "tot", "name": "Ομάδα Β"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',14,'{"action": "AddMember", "membership": {"group": {"course": "tot", "name": "Ομάδα Β"}, "person": "dora"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',15,'{"action": "AddMember", "membership": {"group": {"course": "tot", "name": "Ομάδα Β"}, "person": "fatima"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',16,'{"action": "CreateCohort", "idnumber": "alumni"}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',17,'{"action": "AddCohortMember", "membership": {"cohort": "alumni", "person": "cleo"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',18,'{"action": "RemoveRole", "course": "tot", "person": "ben", "role": "student"}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',19,'{"action": "RemoveMember", "membership": {"group": {"course": "tot", "name": "Group A"}, "person": "dora"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',20,'{"action": "RemoveCohortMember", "membership": {"cohort": "agents", "person": "cleo"}}','planned','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',21,'{"action": "Suspend", "course": "tot", "person": "dave", "role": "student", "before": {"start": 1770000000, "end": 0, "suspended": false}, "after": {"start": 1770000000, "end": 0, "suspended": true}}','done','');
INSERT INTO "actions" VALUES('20261126-204512-8ce0',22,'{"action": "Unenrol", "course": "tot", "person": "ana"}','planned','');
CREATE TABLE altered (
    kind TEXT NOT NULL, thing TEXT NOT NULL, field TEXT NOT NULL, written TEXT NOT NULL, kept TEXT NOT NULL,
    PRIMARY KEY (kind, thing, field)
);
INSERT INTO "altered" VALUES('person','4','lang','tlh','en');
CREATE TABLE cohort_members (cohort TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (cohort, person));
INSERT INTO "cohort_members" VALUES('agents',5);
CREATE TABLE enrolments (
    course TEXT NOT NULL, person INTEGER NOT NULL, adopted INTEGER NOT NULL, gone INTEGER NOT NULL,
    starts INTEGER, ends INTEGER, suspended INTEGER,
    PRIMARY KEY (course, person)
);
INSERT INTO "enrolments" VALUES('tot',3,1,0,1770000000,0,0);
INSERT INTO "enrolments" VALUES('tot',4,1,0,1770000000,0,0);
INSERT INTO "enrolments" VALUES('tot',5,1,0,1770000000,0,0);
INSERT INTO "enrolments" VALUES('tot',6,1,1,1770000000,0,1);
INSERT INTO "enrolments" VALUES('tot',7,1,0,1770000000,0,0);
INSERT INTO "enrolments" VALUES('tot',8,1,0,NULL,NULL,NULL);
CREATE TABLE limits (measured TEXT NOT NULL, variables INTEGER NOT NULL);
CREATE TABLE memberships (
    course TEXT NOT NULL, name TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (course, name, person)
);
INSERT INTO "memberships" VALUES('tot','Group A',7);
CREATE TABLE people (
    number INTEGER PRIMARY KEY, username TEXT NOT NULL,
    shown TEXT NOT NULL DEFAULT '', shown_idnumber TEXT NOT NULL DEFAULT ''
);
INSERT INTO "people" VALUES(3,'ana','ana','ana');
INSERT INTO "people" VALUES(4,'ben','ben','ben');
INSERT INTO "people" VALUES(5,'cleo','cleo','cleo');
INSERT INTO "people" VALUES(6,'dave','dave','dave');
INSERT INTO "people" VALUES(7,'dora','dora','dora');
INSERT INTO "people" VALUES(8,'eva','eva','eva');
CREATE TABLE roles (
    course TEXT NOT NULL, person INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (course, person, role)
);
INSERT INTO "roles" VALUES('tot',7,'student');
INSERT INTO "roles" VALUES('tot',6,'student');
INSERT INTO "roles" VALUES('tot',3,'student');
INSERT INTO "roles" VALUES('tot',8,'student');
INSERT INTO "roles" VALUES('tot',5,'student');
INSERT INTO "roles" VALUES('tot',4,'student');
CREATE TABLE runs (
    id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, outcome TEXT, stopped TEXT,
    rows INTEGER NOT NULL, options TEXT NOT NULL, left_alone TEXT NOT NULL DEFAULT '[]'
);
INSERT INTO "runs" VALUES('20261125-204512-c3c9','2026-11-25T20:45:12+00:00','2026-11-25T20:45:12+00:00','done',NULL,6,'{}','[]');
INSERT INTO "runs" VALUES('20261126-204512-8ce0','2026-11-26T20:45:12+00:00',NULL,NULL,'no answer came',5,'{"today": 1780000000, "unenrol": true, "assert_dates": false, "assert_fields": false, "zone": "Europe/Athens", "targets": []}','["Left alone: person gus: somebody else"]');
CREATE TABLE sections (course TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (course, name));
INSERT INTO "sections" VALUES('tot','Four');
CREATE TABLE sends (
    run TEXT NOT NULL, number INTEGER NOT NULL, function TEXT NOT NULL, places TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, intended TEXT NOT NULL, sent TEXT, ended TEXT,
    PRIMARY KEY (run, number)
);
INSERT INTO "sends" VALUES('20261125-204512-c3c9',1,'core_cohort_create_cohorts','[0]','confirmed','','2026-11-25T20:45:12+00:00','2026-11-25T20:45:12+00:00','2026-11-25T20:45:12+00:00');
INSERT INTO "sends" VALUES('20261126-204512-8ce0',1,'core_course_create_categories','[0]','confirmed','','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00');
INSERT INTO "sends" VALUES('20261126-204512-8ce0',2,'enrol_manual_enrol_users','[21]','confirmed','','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00');
INSERT INTO "sends" VALUES('20261126-204512-8ce0',3,'core_user_create_users','[7]','unknown','no answer came','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00');
INSERT INTO "sends" VALUES('20261126-204512-8ce0',4,'core_user_update_users','[8, 9]','sent','','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00',NULL);
INSERT INTO "sends" VALUES('20261126-204512-8ce0',5,'core_courseformat_update_course','[3]','intent','','2026-11-26T20:45:12+00:00',NULL,NULL);
INSERT INTO "sends" VALUES('20261126-204512-8ce0',6,'core_update_inplace_editable','[4]','refused','Moodle says no','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00','2026-11-26T20:45:12+00:00');
CREATE TABLE site (address TEXT NOT NULL);
INSERT INTO "site" VALUES('http://localhost:8100');
CREATE INDEX people_by_username ON people (username);
CREATE INDEX enrolments_by_person ON enrolments (person);
CREATE INDEX roles_by_person ON roles (person);
CREATE INDEX memberships_by_person ON memberships (person);
CREATE INDEX cohort_members_by_person ON cohort_members (person);
COMMIT;
