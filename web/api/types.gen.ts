// DO NOT EDIT: written by `npm run openapi` from server/openapi.json.
export interface paths {
    "/api/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the page needs to know at its start */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What rules flag (疑似 until confirmed), as GeoJSON measured lines from school to venue */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts by state, venue kind, rule, school kind and region; each with all other filters applied */
        get: operations["getFindingFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One finding with its evidence: rule text, both ends, method and history. A lead, not a decision */
        get: operations["getFinding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gates of campuses as GeoJSON */
        get: operations["listGates"];
        put?: never;
        /** Add a gate to the campus named, or to the nearest one within 100 m */
        post: operations["createGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One gate */
        get: operations["getGate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a gate; fields left out stay */
        patch: operations["updateGate"];
        trace?: never;
    };
    "/api/gates/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a gate; nothing is measured from it any more */
        post: operations["closeGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the service and its database answer */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Past imports, newest first */
        get: operations["listImports"];
        put?: never;
        /** Import a file into a layer; one transaction */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import with its rejections */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recompute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Derive all findings again; changes nothing unless something was wrong */
        post: operations["recompute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Administrative and police areas as GeoJSON. Regions are changed or replaced, never closed */
        get: operations["listRegions"];
        put?: never;
        /** Add a region; places inside it are filed under it, findings follow the jurisdiction */
        post: operations["createRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/regions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One region */
        get: operations["getRegion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a region; fields left out stay. A region is moved or renamed, never closed */
        patch: operations["updateRegion"];
        trace?: never;
    };
    "/api/roads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Edges of the street network as GeoJSON. Roads come from imports; they are not edited one by one */
        get: operations["listRoads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One edge of the street network */
        get: operations["getRoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rule-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Legal and policy documents that rules come from */
        get: operations["listRuleSources"];
        put?: never;
        /** Add a legal or policy document */
        post: operations["createRuleSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules with their sources; distances in metres */
        get: operations["listRules"];
        put?: never;
        /** Add a rule as a draft */
        post: operations["createRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rule with its source */
        get: operations["getRule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a rule or its status: draft, reviewed, active, retired. Findings follow at once */
        patch: operations["updateRule"];
        trace?: never;
    };
    "/api/rules/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a rule out of force; its findings end, the reason is noted */
        post: operations["retireRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campuses as GeoJSON */
        get: operations["listSchools"];
        put?: never;
        /** Add a campus */
        post: operations["createSchool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schools/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts by kind, status, region, finding state and rule; each with all other filters applied */
        get: operations["getSchoolFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campus with its bell times */
        get: operations["getSchool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a campus; fields left out stay */
        patch: operations["updateSchool"];
        trace?: never;
    };
    "/api/schools/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a campus; its findings end */
        post: operations["closeSchool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open schools, venues, stalls, regions and roads by words, the best matches first */
        get: operations["searchPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stalls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Street stalls as GeoJSON points: where and when seen */
        get: operations["listStalls"];
        put?: never;
        /** Record a street stall */
        post: operations["createStall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stalls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One street stall */
        get: operations["getStall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a street stall; fields left out stay */
        patch: operations["updateStall"];
        trace?: never;
    };
    "/api/stalls/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a street stall as cleared; its findings end */
        post: operations["closeStall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/venues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Business places as GeoJSON points */
        get: operations["listVenues"];
        put?: never;
        /** Add a venue */
        post: operations["createVenue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/venues/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts by kind, status, region, finding state and rule; each with all other filters applied */
        get: operations["getVenueFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/venues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One venue with its doors and its footprint */
        get: operations["getVenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a venue; fields left out stay, a list of doors replaces the doors */
        patch: operations["updateVenue"];
        trace?: never;
    };
    "/api/venues/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a venue; its findings end */
        post: operations["closeVenue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Data version of each layer */
        get: operations["getVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas around campuses that rules speak of, as GeoJSON. Drawn for display; findings measure distances */
        get: operations["listZones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{layer}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TileJSON of a layer; its tile URLs carry the current version */
        get: operations["getTileJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{layer}/{z}/{x}/{y}.mvt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mapbox Vector Tile, EPSG:3857; versioned URLs never change */
        get: operations["getTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        BellTime: {
            /** @enum {unknown} */
            period: "arrival" | "noon_dismissal" | "noon_arrival" | "dismissal" | "evening_dismissal";
            /** @enum {unknown} */
            day_type: "term" | "holiday" | "exam" | "boarding_return";
            /** @description ISO, 1 = Monday */
            weekdays: number[];
            /** @description local time HH:MM */
            starts: string;
            /** @description local time HH:MM */
            ends: string;
            label?: string | null;
        };
        CloseBody: {
            reason: string;
            on?: string | null;
        };
        Door: {
            /** @enum {unknown} */
            kind: "main" | "side" | "fire_exit";
            /** @description [lon, lat], WGS-84 */
            position: number[];
            /** @description uncertainty of the coordinates, metres */
            position_error_m?: number;
        };
        Finding: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["LineStringGeometry"];
            properties: components["schemas"]["FindingProperties"];
        };
        FindingCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Finding"][];
        };
        FindingEvidence: {
            finding: components["schemas"]["Finding"];
            rule: {
                code: string;
                version: number;
                title_zh: string;
                title_en: string;
                summary_zh: string;
                summary_en: string;
                official_text: string | null;
                article: string | null;
                evidence_grade: string;
                source_title: string;
                source_doc_no: string | null;
                source_issuer: string;
                source_effective_from: string | null;
            };
            /** @description [lon, lat] of the school end */
            from_position: number[];
            /** @description [lon, lat] of the venue end */
            to_position: number[];
            method: {
                measure_srid: number;
                planar_m: number;
                scale: number;
            };
            history: {
                id: number;
                state: string;
                distance_m: number;
                rule_version: number;
                school_version: number;
                venue_version: number;
                /** Format: date-time */
                valid_from: string;
                valid_to: string | null;
                ended_reason: string | null;
            }[];
        };
        FindingFacets: {
            numberMatched: number;
            /** @description distinct venues and stalls flagged */
            venues: number;
            schools: number;
            state: {
                value: string;
                count: number;
            }[];
            venue_kind: {
                value: string;
                count: number;
            }[];
            rule: {
                value: string;
                count: number;
            }[];
            school_kind: {
                value: string;
                count: number;
            }[];
            region: {
                value: string;
                count: number;
            }[];
        };
        FindingProperties: {
            /** @enum {unknown} */
            state: "suspected" | "borderline" | "needs_field_measure" | "legacy" | "exempt";
            reason: ("within_uncertainty" | "walking_not_measured" | "no_gate_recorded" | "no_drawn_zone" | "internal_facility" | "licence_running" | "guided_exit" | "fixed_date" | "predates_school") | null;
            is_inside: boolean | null;
            /** @description geodesic metres on WGS-84, to 0.001 */
            distance_m: number;
            uncertainty_m: number;
            threshold_m: number;
            comparator: string;
            metric: string;
            measure_from: string;
            measure_to: string;
            severity: string;
            legacy_until: string | null;
            /** @description whose territory the rule covers: both, school's or venue's */
            jurisdiction_basis: string;
            rule_id: number;
            rule_code: string;
            rule_version: number;
            rule_title_zh: string;
            rule_title_en: string;
            owner_department: string;
            school_id: number;
            school_name: string;
            school_kinds: string[];
            school_version: number;
            gate_id: number | null;
            gate_name: string | null;
            /** @description boundary, gate, point or drawn_zone */
            origin: string;
            venue_id: number | null;
            stall_id: number | null;
            venue_name: string;
            venue_kind: string;
            venue_version: number;
            door_id: number | null;
            /** @description door, footprint, position or stall */
            target: string;
            licence_expires_on: string | null;
            region_code: string | null;
            /** Format: date-time */
            first_detected_at: string;
            /** Format: date-time */
            last_confirmed_at: string;
            /** Format: date-time */
            valid_from: string;
            valid_to: string | null;
            ended_reason: ("superseded" | "venue_closed" | "school_closed" | "gate_closed" | "rule_not_in_force" | "out_of_reach") | null;
        };
        Gate: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["PointGeometry"];
            properties: components["schemas"]["GateProperties"];
        };
        GateChange: {
            /** @description or school_external_id with source */
            school_id?: number;
            name?: string | null;
            /** @enum {unknown} */
            kind?: "main" | "side" | "back";
            is_student_gate?: boolean;
            opened_on?: string | null;
            /** @description horizontal uncertainty of the coordinates, metres */
            position_error_m?: number;
            geometry?: components["schemas"]["PointGeometry"];
        };
        GateCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Gate"][];
        };
        GateInput: {
            /** @description who delivered the row */
            source?: string;
            external_id?: string | null;
            /** @description or school_external_id with source */
            school_id?: number;
            school_external_id?: string;
            name?: string | null;
            /** @enum {unknown} */
            kind: "main" | "side" | "back";
            is_student_gate?: boolean;
            opened_on?: string | null;
            /** @description horizontal uncertainty of the coordinates, metres */
            position_error_m?: number;
            geometry: components["schemas"]["PointGeometry"];
        };
        GateProperties: {
            school_id: number;
            name: string | null;
            kind: string;
            is_student_gate: boolean;
            status: string;
            opened_on: string | null;
            closed_on: string | null;
            closed_reason: string | null;
            position_error_m: number;
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        ImportList: {
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            /** @description newest first */
            imports: components["schemas"]["ImportSummary"][];
        };
        ImportProblem: {
            type: string;
            title: string;
            status: number;
            /** @description stable lower-snake code */
            code: string;
            detail?: string;
            title_zh?: string;
            request_id?: string;
            errors?: {
                field: string;
                message: string;
                expected?: unknown;
            }[];
            import?: components["schemas"]["ImportResult"];
        };
        ImportRecord: {
            id: number;
            /** @enum {unknown} */
            layer: "regions" | "schools" | "gates" | "venues" | "stalls" | "roads";
            file_name: string;
            file_sha256: string;
            format: string;
            encoding: string | null;
            /** @description coordinate system as stated, in canonical form */
            crs: string;
            source: string;
            options: {
                [key: string]: unknown;
            };
            /** @description rows that are right: created + updated + unchanged */
            accepted: number;
            created: number;
            updated: number;
            /** @description stored like this already, or repeated in the file */
            unchanged: number;
            rejected: number;
            warnings: components["schemas"]["Warning"][];
            imported_by: string;
            /** Format: date-time */
            created_at: string;
            rejections: components["schemas"]["Rejection"][];
        };
        ImportResult: {
            /** @enum {unknown} */
            outcome: "stored" | "dry_run" | "refused";
            import_id: number | null;
            /** @enum {unknown} */
            layer: "regions" | "schools" | "gates" | "venues" | "stalls" | "roads";
            file_name: string;
            file_sha256: string;
            format: string;
            encoding: string | null;
            /** @description coordinate system as stated, in canonical form */
            crs: string;
            source: string;
            /** @description field -> column it was read from */
            columns: {
                [key: string]: string;
            };
            /** @description rows that are right: created + updated + unchanged */
            accepted: number;
            created: number;
            updated: number;
            /** @description stored like this already, or repeated in the file */
            unchanged: number;
            rejected: number;
            /** @description the first 1000; rejected counts all */
            rejections: components["schemas"]["Rejection"][];
            warnings: components["schemas"]["Warning"][];
            findings: {
                opened: number;
                superseded: number;
                ended: number;
            };
            refusal: components["schemas"]["Warning"] | null;
        };
        ImportSummary: {
            id: number;
            /** @enum {unknown} */
            layer: "regions" | "schools" | "gates" | "venues" | "stalls" | "roads";
            file_name: string;
            file_sha256: string;
            format: string;
            encoding: string | null;
            /** @description coordinate system as stated, in canonical form */
            crs: string;
            source: string;
            options: {
                [key: string]: unknown;
            };
            /** @description rows that are right: created + updated + unchanged */
            accepted: number;
            created: number;
            updated: number;
            /** @description stored like this already, or repeated in the file */
            unchanged: number;
            rejected: number;
            warnings: components["schemas"]["Warning"][];
            imported_by: string;
            /** Format: date-time */
            created_at: string;
        };
        LineStringGeometry: {
            /** @enum {string} */
            type: "LineString";
            coordinates: number[][];
        };
        Link: {
            rel: string;
            href: string;
            type?: string;
        };
        MultiPolygonGeometry: {
            /** @enum {string} */
            type: "MultiPolygon";
            coordinates: number[][][][];
        };
        PointGeometry: {
            /** @enum {string} */
            type: "Point";
            coordinates: number[];
        };
        PolygonGeometry: {
            /** @enum {string} */
            type: "Polygon";
            coordinates: number[][][];
        };
        ProblemBody: {
            type: string;
            title: string;
            status: number;
            /** @description stable lower-snake code */
            code: string;
            detail?: string;
            title_zh?: string;
            request_id?: string;
            errors?: {
                field: string;
                message: string;
                expected?: unknown;
            }[];
        };
        Region: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["MultiPolygonGeometry"];
            properties: components["schemas"]["RegionProperties"];
        };
        RegionChange: {
            /** @description GB/T 2260 code, 9 digits for townships */
            code?: string;
            parent_code?: string | null;
            /** @enum {unknown} */
            kind?: "admin" | "police";
            /** @enum {unknown} */
            level?: "province" | "city" | "district" | "township" | "community" | "station";
            name?: string;
            name_en?: string | null;
            geometry?: components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
        };
        RegionCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Region"][];
        };
        RegionInput: {
            /** @description GB/T 2260 code, 9 digits for townships */
            code: string;
            parent_code?: string | null;
            /** @enum {unknown} */
            kind: "admin" | "police";
            /** @enum {unknown} */
            level: "province" | "city" | "district" | "township" | "community" | "station";
            name: string;
            name_en?: string | null;
            /** @description who delivered the row */
            source?: string;
            external_id?: string | null;
            geometry: components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
        };
        RegionProperties: {
            /** @description GB/T 2260 code, 9 digits for townships */
            code: string;
            parent_code: string | null;
            /** @enum {unknown} */
            kind: "admin" | "police";
            /** @enum {unknown} */
            level: "province" | "city" | "district" | "township" | "community" | "station";
            name: string;
            name_en: string | null;
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        Rejection: {
            /** @description as a person counts: the row Excel shows, or the number of the feature */
            row: number;
            column: string | null;
            /** @description stable lower-snake code */
            code: string;
            message_zh: string;
            message_en: string;
            expected: string | null;
        };
        Road: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["LineStringGeometry"];
            properties: components["schemas"]["RoadProperties"];
        };
        RoadCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Road"][];
        };
        RoadProperties: {
            name: string | null;
            class: string;
            oneway: string;
            is_bridge: boolean;
            crossing: string | null;
            foot: boolean;
            bicycle: boolean;
            car: boolean;
            length_m: number;
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        Rule: {
            id: number;
            code: string;
            article: string | null;
            title_zh: string;
            title_en: string;
            /** @description one sentence in our own words */
            summary_zh: string;
            summary_en: string;
            official_text: string | null;
            /** @enum {unknown} */
            evidence_grade: "A" | "B" | "C" | "S";
            /** @description GB/T 2260 code; 000000 is national */
            jurisdiction: string;
            venue_kinds: ("internet_cafe" | "song_dance" | "bar" | "amusement_arcade" | "billiards" | "chess_cards" | "lottery_outlet" | "lottery_exclusive" | "esports_hotel" | "script_murder" | "escape_room" | "hotel" | "small_hotel" | "rental_house" | "tobacco" | "e_cigarette" | "convenience" | "market" | "street_stall" | "bookshop" | "restaurant" | "meal_table" | "after_school_care" | "training" | "bath_house" | "adult_shop" | "clinic" | "cinema" | "workshop" | "other")[];
            school_kinds: ("primary" | "junior" | "senior" | "secondary_vocational" | "special" | "specialized" | "kindergarten" | "higher" | "training")[];
            threshold_m: number;
            /** @enum {unknown} */
            comparator: "lt" | "lte";
            /** @enum {unknown} */
            measure_from: "boundary_any" | "gate_any" | "gate_main" | "gate_student" | "drawn_polygon" | "campus_inside";
            /** @enum {unknown} */
            measure_to: "door_nearest" | "door_any" | "door_main" | "footprint_edge" | "licence_point" | "any";
            /** @enum {unknown} */
            metric: "straight" | "walking";
            /** @enum {unknown} */
            severity: "prohibit" | "restrict" | "inspect";
            owner_department: string;
            co_departments: string[];
            grandfather_policy: string;
            grandfather_before: string | null;
            grandfather_until: string | null;
            exempts_internal: boolean;
            /**
             * Format: date
             * @description YYYY-MM-DD
             */
            effective_from: string;
            effective_to: string | null;
            notes: string | null;
            /** @enum {unknown} */
            status: "draft" | "reviewed" | "active" | "retired";
            source: components["schemas"]["RuleSource"];
            findings: number;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        RuleChange: {
            article?: string | null;
            title_zh?: string;
            title_en?: string;
            /** @description one sentence in our own words */
            summary_zh?: string;
            summary_en?: string;
            official_text?: string | null;
            /** @enum {unknown} */
            evidence_grade?: "A" | "B" | "C" | "S";
            /** @description GB/T 2260 code; 000000 is national */
            jurisdiction?: string;
            venue_kinds?: ("internet_cafe" | "song_dance" | "bar" | "amusement_arcade" | "billiards" | "chess_cards" | "lottery_outlet" | "lottery_exclusive" | "esports_hotel" | "script_murder" | "escape_room" | "hotel" | "small_hotel" | "rental_house" | "tobacco" | "e_cigarette" | "convenience" | "market" | "street_stall" | "bookshop" | "restaurant" | "meal_table" | "after_school_care" | "training" | "bath_house" | "adult_shop" | "clinic" | "cinema" | "workshop" | "other")[];
            school_kinds?: ("primary" | "junior" | "senior" | "secondary_vocational" | "special" | "specialized" | "kindergarten" | "higher" | "training")[];
            threshold_m?: number;
            /** @enum {unknown} */
            comparator?: "lt" | "lte";
            /** @enum {unknown} */
            measure_from?: "boundary_any" | "gate_any" | "gate_main" | "gate_student" | "drawn_polygon" | "campus_inside";
            /** @enum {unknown} */
            measure_to?: "door_nearest" | "door_any" | "door_main" | "footprint_edge" | "licence_point" | "any";
            /** @enum {unknown} */
            metric?: "straight" | "walking";
            /** @enum {unknown} */
            severity?: "prohibit" | "restrict" | "inspect";
            owner_department?: string;
            co_departments?: string[];
            /** @enum {unknown} */
            grandfather_policy?: "none" | "until_licence_expiry" | "at_renewal_or_change" | "guided_exit" | "fixed_date" | "predates_school";
            grandfather_before?: string | null;
            grandfather_until?: string | null;
            /** @description venues attached to an institution are exempt */
            exempts_internal?: boolean;
            /**
             * Format: date
             * @description YYYY-MM-DD
             */
            effective_from?: string;
            effective_to?: string | null;
            notes?: string | null;
            /** @enum {unknown} */
            status?: "draft" | "reviewed" | "active" | "retired";
        };
        RuleInput: {
            code: string;
            source_code: string;
            article?: string | null;
            title_zh: string;
            title_en: string;
            /** @description one sentence in our own words */
            summary_zh: string;
            summary_en: string;
            official_text?: string | null;
            /** @enum {unknown} */
            evidence_grade: "A" | "B" | "C" | "S";
            /** @description GB/T 2260 code; 000000 is national */
            jurisdiction: string;
            venue_kinds: ("internet_cafe" | "song_dance" | "bar" | "amusement_arcade" | "billiards" | "chess_cards" | "lottery_outlet" | "lottery_exclusive" | "esports_hotel" | "script_murder" | "escape_room" | "hotel" | "small_hotel" | "rental_house" | "tobacco" | "e_cigarette" | "convenience" | "market" | "street_stall" | "bookshop" | "restaurant" | "meal_table" | "after_school_care" | "training" | "bath_house" | "adult_shop" | "clinic" | "cinema" | "workshop" | "other")[];
            school_kinds: ("primary" | "junior" | "senior" | "secondary_vocational" | "special" | "specialized" | "kindergarten" | "higher" | "training")[];
            threshold_m: number;
            /** @enum {unknown} */
            comparator: "lt" | "lte";
            /** @enum {unknown} */
            measure_from: "boundary_any" | "gate_any" | "gate_main" | "gate_student" | "drawn_polygon" | "campus_inside";
            /** @enum {unknown} */
            measure_to: "door_nearest" | "door_any" | "door_main" | "footprint_edge" | "licence_point" | "any";
            /** @enum {unknown} */
            metric: "straight" | "walking";
            /** @enum {unknown} */
            severity: "prohibit" | "restrict" | "inspect";
            owner_department: string;
            co_departments?: string[];
            /** @enum {unknown} */
            grandfather_policy?: "none" | "until_licence_expiry" | "at_renewal_or_change" | "guided_exit" | "fixed_date" | "predates_school";
            grandfather_before?: string | null;
            grandfather_until?: string | null;
            /** @description venues attached to an institution are exempt */
            exempts_internal?: boolean;
            /**
             * Format: date
             * @description YYYY-MM-DD
             */
            effective_from: string;
            effective_to?: string | null;
            notes?: string | null;
        };
        RuleList: {
            numberMatched: number;
            numberReturned: number;
            rules: components["schemas"]["Rule"][];
        };
        RuleSource: {
            code: string;
            title: string;
            doc_no?: string | null;
            issuer: string;
            /** @description GB/T 2260 code; 000000 is national */
            jurisdiction: string;
            /** @enum {unknown} */
            level: "law" | "admin_regulation" | "local_regulation" | "government_rule" | "normative_document" | "policy" | "standard" | "action_plan" | "demo";
            promulgated_on?: string | null;
            effective_from?: string | null;
            effective_to?: string | null;
            url?: string | null;
            /** @enum {unknown} */
            evidence_grade: "A" | "B" | "C" | "S";
            notes?: string | null;
        };
        RuleSourceList: {
            numberMatched: number;
            numberReturned: number;
            sources: components["schemas"]["RuleSource"][];
        };
        School: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["PointGeometry"] | components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
            properties: components["schemas"]["SchoolProperties"];
        };
        SchoolChange: {
            name?: string;
            kinds?: ("primary" | "junior" | "senior" | "secondary_vocational" | "special" | "specialized" | "kindergarten" | "higher" | "training")[];
            /** @enum {unknown} */
            status?: "open" | "planned" | "closed";
            address?: string | null;
            students?: number | null;
            established_on?: string | null;
            /** @description horizontal uncertainty of the coordinates, metres */
            position_error_m?: number;
            bell_times?: components["schemas"]["BellTime"][];
            geometry?: components["schemas"]["PointGeometry"] | components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
        };
        SchoolCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["School"][];
        };
        /** @description geometry: campus boundary, or a point when the boundary is not known */
        SchoolInput: {
            /** @description who delivered the row */
            source?: string;
            external_id?: string | null;
            name: string;
            kinds: ("primary" | "junior" | "senior" | "secondary_vocational" | "special" | "specialized" | "kindergarten" | "higher" | "training")[];
            /** @enum {unknown} */
            status?: "open" | "planned" | "closed";
            address?: string | null;
            students?: number | null;
            established_on?: string | null;
            /** @description horizontal uncertainty of the coordinates, metres */
            position_error_m?: number;
            bell_times?: components["schemas"]["BellTime"][];
            geometry: components["schemas"]["PointGeometry"] | components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
        };
        SchoolProperties: {
            name: string;
            kinds: string[];
            status: string;
            region_code: string | null;
            station_code: string | null;
            address: string | null;
            students: number | null;
            established_on: string | null;
            closed_on: string | null;
            closed_reason: string | null;
            is_point_only: boolean;
            position: number[];
            position_error_m: number;
            /** @description open gates */
            gates: number;
            /** @description current findings (as_of aware) */
            findings: number;
            /** @description only when one school is asked for */
            bell_times?: components["schemas"]["BellTime"][];
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        Stall: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["PointGeometry"];
            properties: components["schemas"]["StallProperties"];
        };
        StallChange: {
            name?: string | null;
            /** @enum {unknown} */
            stall_type?: "mobile" | "fixed" | "shop_overflow" | "open_market";
            goods?: string | null;
            /** Format: date-time */
            sighted_at?: string;
            /** @description uncertainty of the coordinates, metres */
            position_error_m?: number;
            geometry?: components["schemas"]["PointGeometry"];
        };
        StallCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Stall"][];
        };
        StallInput: {
            /** @description who delivered the row */
            source?: string;
            external_id?: string | null;
            name?: string | null;
            /** @enum {unknown} */
            stall_type?: "mobile" | "fixed" | "shop_overflow" | "open_market";
            goods?: string | null;
            /** Format: date-time */
            sighted_at: string;
            /** @description uncertainty of the coordinates, metres */
            position_error_m?: number;
            geometry: components["schemas"]["PointGeometry"];
        };
        StallProperties: {
            name: string | null;
            stall_type: string;
            status: string;
            goods: string | null;
            /** Format: date-time */
            sighted_at: string;
            cleared_on: string | null;
            cleared_reason: string | null;
            region_code: string | null;
            station_code: string | null;
            position_error_m: number;
            findings: number;
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        TileJson: {
            /** @enum {string} */
            tilejson: "3.0.0";
            name: string;
            description: string;
            /** @description 1.0.<version of the layer> */
            version: string;
            /** @enum {string} */
            scheme: "xyz";
            tiles: string[];
            minzoom: number;
            maxzoom: number;
            /** @description west, south, east, north, degrees */
            bounds: number[];
            vector_layers: {
                id: string;
                description: string;
                minzoom: number;
                maxzoom: number;
                fields: {
                    [key: string]: string;
                };
            }[];
        };
        Venue: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["PointGeometry"];
            properties: components["schemas"]["VenueProperties"];
        };
        VenueChange: {
            /** @description the shop sign, never an owner */
            name?: string;
            /** @enum {unknown} */
            kind?: "internet_cafe" | "song_dance" | "bar" | "amusement_arcade" | "billiards" | "chess_cards" | "lottery_outlet" | "lottery_exclusive" | "esports_hotel" | "script_murder" | "escape_room" | "hotel" | "small_hotel" | "rental_house" | "tobacco" | "e_cigarette" | "convenience" | "market" | "street_stall" | "bookshop" | "restaurant" | "meal_table" | "after_school_care" | "training" | "bath_house" | "adult_shop" | "clinic" | "cinema" | "workshop" | "other";
            /** @enum {unknown} */
            kind_source?: "licence" | "industry" | "poi" | "osm" | "name" | "given";
            kind_confidence?: number;
            kind_matched?: string | null;
            /** @enum {unknown} */
            status?: "open" | "suspended" | "closed";
            address?: string | null;
            licence_no?: string | null;
            licence_issued_on?: string | null;
            licence_expires_on?: string | null;
            opened_on?: string | null;
            is_internal?: boolean;
            codes?: {
                [key: string]: unknown;
            };
            /** @description uncertainty of the coordinates, metres */
            position_error_m?: number;
            doors?: components["schemas"]["Door"][];
            footprint?: (components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"]) | null;
            geometry?: components["schemas"]["PointGeometry"];
        };
        VenueCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Venue"][];
        };
        VenueInput: {
            /** @description who delivered the row */
            source?: string;
            external_id?: string | null;
            /** @description the shop sign, never an owner */
            name: string;
            /** @enum {unknown} */
            kind: "internet_cafe" | "song_dance" | "bar" | "amusement_arcade" | "billiards" | "chess_cards" | "lottery_outlet" | "lottery_exclusive" | "esports_hotel" | "script_murder" | "escape_room" | "hotel" | "small_hotel" | "rental_house" | "tobacco" | "e_cigarette" | "convenience" | "market" | "street_stall" | "bookshop" | "restaurant" | "meal_table" | "after_school_care" | "training" | "bath_house" | "adult_shop" | "clinic" | "cinema" | "workshop" | "other";
            /** @enum {unknown} */
            kind_source?: "licence" | "industry" | "poi" | "osm" | "name" | "given";
            kind_confidence?: number;
            kind_matched?: string | null;
            /** @enum {unknown} */
            status?: "open" | "suspended" | "closed";
            address?: string | null;
            licence_no?: string | null;
            licence_issued_on?: string | null;
            licence_expires_on?: string | null;
            opened_on?: string | null;
            is_internal?: boolean;
            codes?: {
                [key: string]: unknown;
            };
            /** @description uncertainty of the coordinates, metres */
            position_error_m?: number;
            doors?: components["schemas"]["Door"][];
            footprint?: (components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"]) | null;
            geometry: components["schemas"]["PointGeometry"];
        };
        VenueProperties: {
            name: string;
            kind: string;
            kind_source: string;
            kind_confidence: number;
            kind_matched: string | null;
            status: string;
            region_code: string | null;
            station_code: string | null;
            address: string | null;
            licence_no: string | null;
            licence_issued_on: string | null;
            licence_expires_on: string | null;
            opened_on: string | null;
            closed_on: string | null;
            closed_reason: string | null;
            is_internal: boolean;
            position_error_m: number;
            /** @description current findings (as_of aware) */
            findings: number;
            /** @description only when one venue is asked for */
            doors?: components["schemas"]["Door"][];
            footprint?: (components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"]) | null;
            source: string;
            external_id: string | null;
            /** @description CRS the coordinates were delivered in */
            source_crs: string;
            conversion: string | null;
            version: number;
            /** Format: date-time */
            valid_from: string;
        };
        Warning: {
            /** @description stable lower-snake code */
            code: string;
            message_zh: string;
            message_en: string;
        };
        Zone: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: components["schemas"]["MultiPolygonGeometry"];
            properties: components["schemas"]["ZoneProperties"];
        };
        ZoneCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description rows that satisfy the filters */
            numberMatched: number;
            numberReturned: number;
            /** Format: date-time */
            timeStamp: string;
            /** @description rel 'next' leads to the next page, by cursor */
            links: components["schemas"]["Link"][];
            features: components["schemas"]["Zone"][];
        };
        ZoneProperties: {
            school_id: number;
            school_name: string;
            measure_from: string;
            /** @description walking zones are drawn as their straight-line screening area */
            metric: string;
            threshold_m: number;
            rule_codes: string[];
            region_code: string | null;
            /** Format: date-time */
            valid_from: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: string;
                        name_zh: string;
                        version: string;
                        engine: {
                            /** @enum {unknown} */
                            kind: "embedded" | "postgresql";
                            /** @description the embedded engine: for trial, training and demonstration, not for records */
                            trial: boolean;
                            label_zh: string;
                            label_en: string;
                            postgresql: string;
                            postgis: string;
                        };
                        demo: boolean;
                        operator: {
                            name_zh: string;
                            name_en: string;
                        };
                        measure_srid: number;
                        bbox: number[] | null;
                        map_review_no: string | null;
                        layers: {
                            [key: string]: number;
                        };
                        venue_kinds: {
                            code: string;
                            label_zh: string;
                            label_en: string;
                            kind_group?: string;
                            regulated?: boolean;
                            sort: number;
                        }[];
                        school_kinds: {
                            code: string;
                            label_zh: string;
                            label_en: string;
                            kind_group?: string;
                            regulated?: boolean;
                            sort: number;
                        }[];
                        regions: {
                            code: string;
                            parent_code: string | null;
                            kind: string;
                            level: string;
                            name: string;
                            name_en: string | null;
                            bbox: number[];
                        }[];
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listFindings: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description where the venue stands: region code with subtree, or station */
                region?: string;
                /** @description part of the school's or the venue's name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                /** @description states, comma separated */
                state?: string;
                /** @description rule codes, comma separated */
                rule?: string;
                /** @description venue kinds, comma separated */
                kind?: string;
                /** @description school kinds, comma separated */
                school_kind?: string;
                /** @description prohibit, restrict, inspect; comma separated */
                severity?: string;
                school_id?: number;
                venue_id?: number;
                stall_id?: number;
                /** @description whether the distance satisfies the rule's comparator */
                inside?: boolean;
                /** @description closed findings as well */
                ended?: boolean;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description ascending; id when missing */
                sort?: "id" | "distance_m";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["FindingCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getFindingFacets: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description where the venue stands: region code with subtree, or station */
                region?: string;
                /** @description part of the school's or the venue's name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                /** @description states, comma separated */
                state?: string;
                /** @description rule codes, comma separated */
                rule?: string;
                /** @description venue kinds, comma separated */
                kind?: string;
                /** @description school kinds, comma separated */
                school_kind?: string;
                /** @description prohibit, restrict, inspect; comma separated */
                severity?: string;
                school_id?: number;
                venue_id?: number;
                stall_id?: number;
                /** @description whether the distance satisfies the rule's comparator */
                inside?: boolean;
                /** @description closed findings as well */
                ended?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingFacets"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getFinding: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingEvidence"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listGates: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                school_id?: number;
                /** @description open, closed; open when missing */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["GateCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createGate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GateInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Gate"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getGate: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Gate"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GateChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Gate"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    closeGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Gate"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok" | "degraded";
                        engine: {
                            /** @enum {unknown} */
                            kind: "embedded" | "postgresql";
                            /** @description the embedded engine: for trial, training and demonstration, not for records */
                            trial: boolean;
                            label_zh: string;
                            label_en: string;
                            postgresql: string;
                            postgis: string;
                        };
                        uptime_s: number;
                        version: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok" | "degraded";
                        engine: {
                            /** @enum {unknown} */
                            kind: "embedded" | "postgresql";
                            /** @description the embedded engine: for trial, training and demonstration, not for records */
                            trial: boolean;
                            label_zh: string;
                            label_en: string;
                            postgresql: string;
                            postgis: string;
                        };
                        uptime_s: number;
                        version: string;
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                layer?: "regions" | "schools" | "gates" | "venues" | "stalls" | "roads";
                limit?: number;
                /** @description from the next link */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /** @enum {unknown} */
                    layer: "regions" | "schools" | "gates" | "venues" | "stalls" | "roads";
                    /** @description wgs84, cgcs2000, gcj02, bd09 or EPSG:n; never guessed */
                    crs: string;
                    /** @description the file name when missing */
                    source?: string;
                    /** @description text encoding; detected when missing */
                    encoding?: string;
                    /** @description worksheet, or layer of a zip with several shapefiles */
                    sheet?: string;
                    map?: string[];
                    set?: string[];
                    position_error_m?: number;
                    dry_run?: boolean;
                    /** @description store nothing when any row is rejected */
                    strict?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImportProblem"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRecord"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    recompute: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        opened: number;
                        superseded: number;
                        ended: number;
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listRegions: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or the code */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description admin, police */
                kind?: string;
                /** @description province, city, district, township, community, station */
                level?: string;
                /** @description code of the region right above */
                parent?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["RegionCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createRegion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Region"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getRegion: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Region"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Region"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listRoads: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; roads that touch its area */
                region?: string;
                /** @description part of the name */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description road classes, comma separated */
                class?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["RoadCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getRoad: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Road"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listRuleSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSourceList"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createRuleSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleSource"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSource"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listRules: {
        parameters: {
            query?: {
                /** @description draft, reviewed, active, retired; comma separated */
                status?: string;
                /** @description GB/T 2260 codes, comma separated; 000000 is national */
                jurisdiction?: string;
                /** @description venue kinds the rule speaks of, comma separated */
                kind?: string;
                /** @description part of code, title, summary or source */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleList"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Rule"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getRule: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Rule"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Rule"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    retireRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Rule"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listSchools: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description school kinds, comma separated */
                kind?: string;
                /** @description open, planned, closed; all but closed when missing */
                status?: string;
                /** @description has a finding in one of these states; with rule: the same finding */
                state?: string;
                /** @description has a finding of one of these rule codes */
                rule?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["SchoolCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createSchool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description geometry: campus boundary, or a point when the boundary is not known */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchoolInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["School"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getSchoolFacets: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description school kinds, comma separated */
                kind?: string;
                /** @description open, planned, closed; all but closed when missing */
                status?: string;
                /** @description has a finding in one of these states; with rule: the same finding */
                state?: string;
                /** @description has a finding of one of these rule codes */
                rule?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        numberMatched: number;
                        kind: {
                            value: string;
                            count: number;
                        }[];
                        status: {
                            value: string;
                            count: number;
                        }[];
                        region: {
                            value: string;
                            count: number;
                        }[];
                        state: {
                            value: string;
                            count: number;
                        }[];
                        rule: {
                            value: string;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getSchool: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["School"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateSchool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchoolChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["School"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    closeSchool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["School"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    searchPlaces: {
        parameters: {
            query: {
                /** @description words, all of them in the name or address */
                q: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            /** @enum {unknown} */
                            type: "school" | "venue" | "stall" | "region" | "road";
                            /** @description of a road: one of its edges */
                            id: number;
                            name: string;
                            detail: string | null;
                            /** @description [lon, lat] in WGS-84 */
                            position: number[];
                            bbox: number[] | null;
                        }[];
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listStalls: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or the goods */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description present, cleared; present when missing */
                status?: string;
                /** @description has a finding in one of these states; with rule: the same finding */
                state?: string;
                /** @description has a finding of one of these rule codes */
                rule?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["StallCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createStall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StallInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Stall"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getStall: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Stall"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateStall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StallChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Stall"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    closeStall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Stall"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listVenues: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description venue kinds, comma separated */
                kind?: string;
                /** @description open, suspended, closed; all but closed when missing */
                status?: string;
                /** @description has a finding in one of these states; with rule: the same finding */
                state?: string;
                /** @description has a finding of one of these rule codes */
                rule?: string;
                /** @description licence expires before this day, or has expired */
                expires_before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["VenueCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createVenue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VenueInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Venue"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getVenueFacets: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                /** @description venue kinds, comma separated */
                kind?: string;
                /** @description open, suspended, closed; all but closed when missing */
                status?: string;
                /** @description has a finding in one of these states; with rule: the same finding */
                state?: string;
                /** @description has a finding of one of these rule codes */
                rule?: string;
                /** @description licence expires before this day, or has expired */
                expires_before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        numberMatched: number;
                        kind: {
                            value: string;
                            count: number;
                        }[];
                        status: {
                            value: string;
                            count: number;
                        }[];
                        region: {
                            value: string;
                            count: number;
                        }[];
                        state: {
                            value: string;
                            count: number;
                        }[];
                        rule: {
                            value: string;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getVenue: {
        parameters: {
            query?: {
                /** @description answer what was known at this moment */
                as_of?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Venue"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    updateVenue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VenueChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Venue"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    closeVenue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Venue"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listZones: {
        parameters: {
            query?: {
                /** @description minLon,minLat,maxLon,maxLat in WGS-84 */
                bbox?: string;
                /** @description region code; its whole subtree (admin) or station area (police) */
                region?: string;
                /** @description part of the school's name or address */
                q?: string;
                /** @description answer what was known at this moment */
                as_of?: string;
                limit?: number;
                /** @description from the next link */
                cursor?: string;
                school_id?: number;
                /** @description rule codes, comma separated */
                rule?: string;
                threshold_m?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ZoneCollection"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getTileJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description regions, roads, schools, zones, venues, findings */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJson"];
                };
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getTile: {
        parameters: {
            query?: {
                /** @description version of the layer; the answer may be kept for ever when it is the version served */
                v?: number;
            };
            header?: never;
            path: {
                /** @description regions, roads, schools, zones, venues, findings */
                layer: string;
                /** @description zoom, from the minzoom of the layer */
                z: number;
                /** @description column from the west, EPSG:3857 */
                x: number;
                /** @description row from the north */
                y: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description the tile has no features */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description the server failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
}
