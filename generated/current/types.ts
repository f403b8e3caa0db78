// Written by `npm run generate` from "fine-tuning.openapi.yaml". Do not edit.
export interface paths {
    "/fine_tuning/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List fine-tuning jobs
         * @description The organisation's jobs, newest first, a page at a time.
         */
        get: operations["listPaginatedFineTuningJobs"];
        put?: never;
        /**
         * Create a fine-tuning job
         * @description Starts training a new model from an uploaded dataset and answers with the job as it stands.
         */
        post: operations["createFineTuningJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a fine-tuning job
         * @description One job as it stands now.
         */
        get: operations["retrieveFineTuningJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a fine-tuning job
         * @description Ends a job that is not finished, at once.
         */
        post: operations["cancelFineTuningJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a fine-tuning job
         * @description Stops training, keeps what was learned as a checkpoint, and holds the job until it is resumed.
         */
        post: operations["pauseFineTuningJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused fine-tuning job
         * @description Continues a paused job from the checkpoint that the pause made.
         */
        post: operations["resumeFineTuningJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a fine-tuning job
         * @description What happened to a job so far, newest first, a page at a time.
         */
        get: operations["listFineTuningEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/jobs/{fine_tuning_job_id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the checkpoints of a fine-tuning job
         * @description The usable models that a job kept on its way, a page at a time.
         */
        get: operations["listFineTuningJobCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the permissions on a checkpoint
         * @description Which projects may use a checkpoint. Needs an admin key.
         */
        get: operations["listFineTuningCheckpointPermissions"];
        put?: never;
        /**
         * Let projects use a checkpoint
         * @description Grants each named project the use of a checkpoint. Needs an admin key.
         */
        post: operations["createFineTuningCheckpointPermission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions/{permission_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw a permission on a checkpoint
         * @description Ends one project's use of a checkpoint. Needs an admin key.
         */
        delete: operations["deleteFineTuningCheckpointPermission"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/alpha/graders/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a grader
         * @description Grades one sample and answers with the reward.
         */
        post: operations["runGrader"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fine_tuning/alpha/graders/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Validate a grader
         * @description Checks a grader without running it.
         */
        post: operations["validateGrader"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files
         * @description The organisation's files, a page at a time.
         */
        get: operations["listFiles"];
        put?: never;
        /**
         * Upload a file
         * @description Stores a file for later use. A fine-tuning file is JSON Lines, is named .jsonl and has at most 512 MB.
         */
        post: operations["createFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a file
         * @description What is known about a file, without its content.
         */
        get: operations["retrieveFile"];
        put?: never;
        post?: never;
        /**
         * Delete a file
         * @description Removes a file and its content.
         */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{file_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description The content of a file, byte for byte.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Every model that the key may use.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a model
         * @description What is known about one model.
         */
        get: operations["retrieveModel"];
        put?: never;
        post?: never;
        /**
         * Delete a fine-tuned model
         * @description Removes a model that a job produced. Only owners of the organisation may do that.
         */
        delete: operations["deleteModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What to train, on which data, and how. */
        CreateFineTuningJobRequest: {
            /** @description The base model, or a model that was fine-tuned before. */
            model: string | ("babbage-002" | "davinci-002" | "gpt-3.5-turbo" | "gpt-4o-mini");
            /** @description The id of the uploaded training dataset, a JSONL file of purpose fine-tune. */
            training_file: string;
            /**
             * @deprecated
             * @description How to train; superseded by method.
             */
            hyperparameters?: {
                /**
                 * @description How many examples one update of the weights learns from.
                 * @default auto
                 */
                batch_size?: "auto" | number;
                /**
                 * @description Factor on the learning rate.
                 * @default auto
                 */
                learning_rate_multiplier?: "auto" | number;
                /**
                 * @description How many times training goes through the dataset.
                 * @default auto
                 */
                n_epochs?: "auto" | number;
            };
            /**
             * @description Text of the caller's that becomes part of the new model's name.
             * @default null
             */
            suffix?: string | null;
            /** @description The id of an uploaded dataset to validate with, a JSONL file of purpose fine-tune. */
            validation_file?: string | null;
            /** @description Services that the job reports to. */
            integrations?: {
                /**
                 * @description Which service; only Weights & Biases is known.
                 * @constant
                 */
                type: "wandb";
                /** @description Where in Weights & Biases the run is to appear. */
                wandb: {
                    /** @description Project of the run. */
                    project: string;
                    /** @description Name of the run; the job's id by default. */
                    name?: string | null;
                    /** @description Team or user of the run; the default of the stored W&B key if absent. */
                    entity?: string | null;
                    /** @description Labels of the run. */
                    tags?: string[];
                };
            }[] | null;
            /** @description Makes training repeatable as far as possible; generated if absent. */
            seed?: number | null;
            method?: components["schemas"]["FineTuneMethod"];
            metadata?: components["schemas"]["MetadataInput"];
        };
        /** @description Up to 16 pairs of text of the caller's own; keys of up to 64 and values of up to 512 characters. */
        MetadataInput: {
            [key: string]: string;
        } | null;
        /** @description Which way of training, and its settings. */
        FineTuneMethod: {
            /**
             * @description Which way of training.
             * @enum {string}
             */
            type: "supervised" | "dpo" | "reinforcement";
            supervised?: components["schemas"]["FineTuneSupervisedMethod"];
            dpo?: components["schemas"]["FineTuneDPOMethod"];
            reinforcement?: components["schemas"]["FineTuneReinforcementMethod"];
        };
        /** @description Settings of supervised training. */
        FineTuneSupervisedMethod: {
            hyperparameters?: components["schemas"]["FineTuneSupervisedHyperparameters"];
        };
        /** @description How to train under supervision. */
        FineTuneSupervisedHyperparameters: {
            /**
             * @description How many examples one update of the weights learns from.
             * @default auto
             */
            batch_size?: "auto" | number;
            /**
             * @description Factor on the learning rate.
             * @default auto
             */
            learning_rate_multiplier?: "auto" | number;
            /**
             * @description How many times training goes through the dataset.
             * @default auto
             */
            n_epochs?: "auto" | number;
        };
        /** @description Settings of direct preference optimisation. */
        FineTuneDPOMethod: {
            hyperparameters?: components["schemas"]["FineTuneDPOHyperparameters"];
        };
        /** @description How to train on preferences. */
        FineTuneDPOHyperparameters: {
            /**
             * @description How strongly the model is held to the reference model.
             * @default auto
             */
            beta?: "auto" | number;
            /**
             * @description How many examples one update of the weights learns from.
             * @default auto
             */
            batch_size?: "auto" | number;
            /**
             * @description Factor on the learning rate.
             * @default auto
             */
            learning_rate_multiplier?: "auto" | number;
            /**
             * @description How many times training goes through the dataset.
             * @default auto
             */
            n_epochs?: "auto" | number;
        };
        /** @description Settings of reinforcement training. */
        FineTuneReinforcementMethod: {
            /** @description What rewards the answers. */
            grader: components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderMulti"];
            hyperparameters?: components["schemas"]["FineTuneReinforcementHyperparameters"];
        };
        /** @description How to train on rewards. */
        FineTuneReinforcementHyperparameters: {
            /**
             * @description How many examples one update of the weights learns from.
             * @default auto
             */
            batch_size?: "auto" | number;
            /**
             * @description Factor on the learning rate.
             * @default auto
             */
            learning_rate_multiplier?: "auto" | number;
            /**
             * @description How many times training goes through the dataset.
             * @default auto
             */
            n_epochs?: "auto" | number;
            /**
             * @description How long the model may think.
             * @default default
             * @enum {string}
             */
            reasoning_effort?: "default" | "low" | "medium" | "high";
            /**
             * @description Factor on the compute spent on exploring.
             * @default auto
             */
            compute_multiplier?: "auto" | number;
            /**
             * @description How many steps lie between two evaluations.
             * @default auto
             */
            eval_interval?: "auto" | number;
            /**
             * @description How many samples each step is evaluated with.
             * @default auto
             */
            eval_samples?: "auto" | number;
        };
        /** @description Rewards text that compares to a reference as asked. */
        GraderStringCheck: {
            /**
             * @description The kind of grader.
             * @constant
             */
            type: "string_check";
            /** @description What the grader is called. */
            name: string;
            /** @description Text, with template strings. */
            input: string;
            /** @description Text to compare with, with template strings. */
            reference: string;
            /**
             * @description How the two texts are compared.
             * @enum {string}
             */
            operation: "eq" | "ne" | "like" | "ilike";
        };
        /** @description Rewards text by its likeness to a reference. */
        GraderTextSimilarity: {
            /**
             * @description The kind of grader.
             * @default text_similarity
             * @constant
             */
            type: "text_similarity";
            /** @description What the grader is called. */
            name: string;
            /** @description Text, with template strings. */
            input: string;
            /** @description Text to compare with, with template strings. */
            reference: string;
            /**
             * @description How likeness is measured.
             * @enum {string}
             */
            evaluation_metric: "cosine" | "fuzzy_match" | "bleu" | "gleu" | "meteor" | "rouge_1" | "rouge_2" | "rouge_3" | "rouge_4" | "rouge_5" | "rouge_l";
        };
        /** @description Rewards by a function of the caller's. */
        GraderPython: {
            /**
             * @description The kind of grader.
             * @constant
             */
            type: "python";
            /** @description What the grader is called. */
            name: string;
            /** @description Python source of the function grade. */
            source: string;
            /** @description The image that runs it. */
            image_tag?: string;
        };
        /** @description Rewards by the number that a model gives. */
        GraderScoreModel: {
            /**
             * @description The kind of grader.
             * @constant
             */
            type: "score_model";
            /** @description What the grader is called. */
            name: string;
            /** @description The model that judges. */
            model: string;
            /** @description How the judging model samples. */
            sampling_params?: {
                /** @description Seed of the sampling. */
                seed?: number | null;
                /**
                 * @description Share of the probability mass that is sampled from.
                 * @default 1
                 */
                top_p?: number | null;
                /** @description Randomness of the sampling. */
                temperature?: number | null;
                /** @description Most tokens of the judgement. */
                max_completions_tokens?: number | null;
                reasoning_effort?: components["schemas"]["ReasoningEffort"];
            };
            /** @description The messages that the judging model is given. */
            input: components["schemas"]["EvalItem"][];
            /** @description Smallest and largest score, from 0 to 1 by default. */
            range?: number[];
        };
        /**
         * @description How long a judging model may think.
         * @default medium
         * @enum {string|null}
         */
        ReasoningEffort: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | null;
        /** @description Rewards by the label that a model gives; known only inside a multi grader. */
        GraderLabelModel: {
            /**
             * @description The kind of grader.
             * @constant
             */
            type: "label_model";
            /** @description What the grader is called. */
            name: string;
            /** @description The model that judges. */
            model: string;
            /** @description The messages that the judging model is given. */
            input: components["schemas"]["EvalItem"][];
            /** @description Every label. */
            labels: string[];
            /** @description The labels that count as success. */
            passing_labels: string[];
        };
        /** @description Combines graders by a formula. */
        GraderMulti: {
            /**
             * @description The kind of grader.
             * @default multi
             * @constant
             */
            type: "multi";
            /** @description What the grader is called. */
            name: string;
            /** @description The graders; the documents show one grader, a list, and a map from name to grader. */
            graders: (components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderLabelModel"]) | (components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderLabelModel"])[] | {
                [key: string]: components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderLabelModel"];
            };
            /** @description Formula over the graders' results. */
            calculate_output: string;
        };
        /** @description One message for a judging model. */
        EvalItem: {
            /**
             * @description Who speaks.
             * @enum {string}
             */
            role: "user" | "assistant" | "system" | "developer";
            content: components["schemas"]["EvalItemContent"];
            /**
             * @description Always message.
             * @constant
             */
            type?: "message";
        };
        /** @description What is said. */
        EvalItemContent: components["schemas"]["EvalItemContentItem"] | components["schemas"]["EvalItemContentArray"];
        /** @description One piece of what is said. */
        EvalItemContentItem: components["schemas"]["EvalItemContentText"] | components["schemas"]["InputTextContent"] | components["schemas"]["EvalItemContentOutputText"] | components["schemas"]["EvalItemInputImage"] | components["schemas"]["InputAudio"];
        /** @description Plain text. */
        EvalItemContentText: string;
        /** @description Text. */
        InputTextContent: {
            /**
             * @description The kind of piece.
             * @default input_text
             * @constant
             */
            type: "input_text";
            /** @description The text. */
            text: string;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpointConfig"];
        };
        /** @description Where a prompt cache may cut. */
        PromptCacheBreakpointConfig: {
            /**
             * @description Always explicit.
             * @default explicit
             * @constant
             */
            mode: "explicit";
        };
        /** @description Text of a model's. */
        EvalItemContentOutputText: {
            /**
             * @description The kind of piece.
             * @constant
             */
            type: "output_text";
            /** @description The text. */
            text: string;
        };
        /** @description A picture. */
        EvalItemInputImage: {
            /**
             * @description The kind of piece.
             * @constant
             */
            type: "input_image";
            /**
             * Format: uri
             * @description Where the picture lies.
             */
            image_url: string;
            /** @description How closely to look. */
            detail?: string;
        };
        /** @description A sound. */
        InputAudio: {
            /**
             * @description The kind of piece.
             * @constant
             */
            type: "input_audio";
            /** @description The sound itself. */
            input_audio: {
                /** @description The sound, in base64. */
                data: string;
                /**
                 * @description Its format.
                 * @enum {string}
                 */
                format: "mp3" | "wav";
            };
        };
        /** @description Several pieces. */
        EvalItemContentArray: components["schemas"]["EvalItemContentItem"][];
        /** @description A grader and the sample that it is to grade. */
        RunGraderRequest: {
            /** @description The grader. */
            grader: components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderMulti"];
            /** @description What template strings call item. */
            item?: Record<string, never>;
            /** @description The text to grade. */
            model_sample: string;
        };
        /** @description A reward and how it came about. */
        RunGraderResponse: {
            /** @description The reward. */
            reward: number;
            /** @description How it came about. */
            metadata: {
                /** @description Name of the grader. */
                name: string;
                /** @description Kind of the grader. */
                type: string;
                /** @description What went wrong. */
                errors: {
                    formula_parse_error: boolean;
                    sample_parse_error: boolean;
                    truncated_observation_error: boolean;
                    unresponsive_reward_error: boolean;
                    invalid_variable_error: boolean;
                    other_error: boolean;
                    python_grader_server_error: boolean;
                    python_grader_server_error_type: string | null;
                    python_grader_runtime_error: boolean;
                    python_grader_runtime_error_details: string | null;
                    model_grader_server_error: boolean;
                    model_grader_refusal_error: boolean;
                    model_grader_parse_error: boolean;
                    model_grader_server_error_details: string | null;
                };
                /** @description Seconds that it took. */
                execution_time: number;
                /** @description Further numbers. */
                scores: {
                    [key: string]: unknown;
                };
                /** @description Tokens that judging models used. */
                token_usage: number | null;
                /** @description The judging model. */
                sampled_model_name: string | null;
            };
            /** @description Rewards of the parts of a multi grader. */
            sub_rewards: {
                [key: string]: unknown;
            };
            /** @description Tokens by judging model. */
            model_grader_token_usage_per_model: {
                [key: string]: unknown;
            };
        };
        /** @description A grader to check. */
        ValidateGraderRequest: {
            /** @description The grader. */
            grader: components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderMulti"];
        };
        /** @description The grader as it was understood. */
        ValidateGraderResponse: {
            /** @description The grader. */
            grader?: components["schemas"]["GraderStringCheck"] | components["schemas"]["GraderTextSimilarity"] | components["schemas"]["GraderPython"] | components["schemas"]["GraderScoreModel"] | components["schemas"]["GraderMulti"];
        };
        /** @description A fine-tuning job as it stands. */
        FineTuningJob: {
            /** @description What the job is called in every path. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "fine_tuning.job";
            /**
             * Format: unixtime
             * @description When it was created, in Unix seconds.
             */
            created_at: number;
            /**
             * Format: unixtime
             * @description When it finished, in Unix seconds.
             */
            finished_at: number | null;
            /**
             * Format: unixtime
             * @description When a running job is expected to finish.
             */
            estimated_finish?: number | null;
            /**
             * @description Where the job stands. The official enum lacks paused, which prose, guide and example use.
             * @enum {string}
             */
            status: "validating_files" | "queued" | "running" | "succeeded" | "failed" | "cancelled" | "paused";
            /** @description The base model. */
            model: string;
            /** @description The new model. */
            fine_tuned_model: string | null;
            /** @description Whose job it is. */
            organization_id: string;
            /** @description The training dataset. */
            training_file: string;
            /** @description The dataset to validate with. */
            validation_file: string | null;
            /** @description Files with the metrics of training. */
            result_files: string[];
            /** @description Tokens to pay for, once known. */
            trained_tokens: number | null;
            /** @description The seed in use. */
            seed: number;
            /** @description Why the job failed. */
            error: {
                /** @description The cause for programs. */
                code: string;
                /** @description The cause for people. */
                message: string;
                /** @description The member at fault, if one is. */
                param: string | null;
            } | null;
            /** @description How supervised training is done. */
            hyperparameters: {
                /**
                 * @description How many examples one update of the weights learns from.
                 * @default auto
                 */
                batch_size?: "auto" | number | null;
                /**
                 * @description Factor on the learning rate.
                 * @default auto
                 */
                learning_rate_multiplier?: "auto" | number;
                /**
                 * @description How many times training goes through the dataset.
                 * @default auto
                 */
                n_epochs?: "auto" | number;
            };
            method?: components["schemas"]["FineTuneMethod"];
            /** @description Services that the job reports to. */
            integrations?: components["schemas"]["FineTuningIntegration"][] | null;
            metadata?: components["schemas"]["Metadata"];
        };
        /** @description The caller's own pairs of text. Answers are not judged by the limits of requests. */
        Metadata: {
            [key: string]: string;
        } | null;
        /** @description A service that a job reports to. */
        FineTuningIntegration: {
            /**
             * @description Which service.
             * @constant
             */
            type: "wandb";
            /** @description Where in Weights & Biases the run appears. */
            wandb: {
                /** @description Project of the run. */
                project: string;
                /** @description Name of the run. */
                name?: string | null;
                /** @description Team or user of the run. */
                entity?: string | null;
                /** @description Labels of the run. */
                tags?: string[];
            };
        };
        /** @description One page of jobs. */
        ListPaginatedFineTuningJobsResponse: {
            /**
             * @description The kind of object.
             * @constant
             */
            object: "list";
            /** @description The jobs. */
            data: components["schemas"]["FineTuningJob"][];
            /** @description Whether more follow. */
            has_more: boolean;
        };
        /** @description Something that happened to a job. */
        FineTuningJobEvent: {
            /** @description What the event is called. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "fine_tuning.job.event";
            /**
             * Format: unixtime
             * @description When it happened, in Unix seconds.
             */
            created_at: number;
            /**
             * @description How serious it is.
             * @enum {string}
             */
            level: "info" | "warn" | "error";
            /** @description What happened. */
            message: string;
            /**
             * @description The kind of event.
             * @enum {string}
             */
            type?: "message" | "metrics" | "moderation_checks";
            /** @description Figures that belong to the event. */
            data?: Record<string, never>;
        };
        /** @description One page of events. */
        ListFineTuningJobEventsResponse: {
            /**
             * @description The kind of object.
             * @constant
             */
            object: "list";
            /** @description The events. */
            data: components["schemas"]["FineTuningJobEvent"][];
            /** @description Whether more follow. */
            has_more: boolean;
        };
        /** @description A usable model that a job kept on its way. */
        FineTuningJobCheckpoint: {
            /** @description What the checkpoint is called. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "fine_tuning.job.checkpoint";
            /**
             * Format: unixtime
             * @description When it was made, in Unix seconds.
             */
            created_at: number;
            /** @description The name of its model. */
            fine_tuned_model_checkpoint: string;
            /** @description The job. */
            fine_tuning_job_id: string;
            /** @description The step of training. */
            step_number: number;
            /** @description How good the model was at that step. */
            metrics: {
                step?: number;
                train_loss?: number;
                train_mean_token_accuracy?: number;
                valid_loss?: number;
                valid_mean_token_accuracy?: number;
                full_valid_loss?: number;
                full_valid_mean_token_accuracy?: number;
            };
        };
        /** @description One page of checkpoints. */
        ListFineTuningJobCheckpointsResponse: {
            /**
             * @description The kind of object.
             * @constant
             */
            object: "list";
            /** @description The checkpoints. */
            data: components["schemas"]["FineTuningJobCheckpoint"][];
            /** @description The first id of the page. */
            first_id?: string | null;
            /** @description The last id of the page. */
            last_id?: string | null;
            /** @description Whether more follow. */
            has_more: boolean;
        };
        /** @description One project's right to use a checkpoint. */
        FineTuningCheckpointPermission: {
            /** @description What the permission is called. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "checkpoint.permission";
            /**
             * Format: unixtime
             * @description When it was granted, in Unix seconds.
             */
            created_at: number;
            /** @description The project. */
            project_id: string;
        };
        /** @description One page of permissions. */
        ListFineTuningCheckpointPermissionResponse: {
            /**
             * @description The kind of object.
             * @constant
             */
            object: "list";
            /** @description The permissions. */
            data: components["schemas"]["FineTuningCheckpointPermission"][];
            /** @description The first id of the page. */
            first_id?: string | null;
            /** @description The last id of the page. */
            last_id?: string | null;
            /** @description Whether more follow. */
            has_more: boolean;
        };
        /** @description The projects that may use a checkpoint. */
        CreateFineTuningCheckpointPermissionRequest: {
            /** @description The projects. */
            project_ids: string[];
        };
        /** @description The answer to withdrawing a permission. */
        DeleteFineTuningCheckpointPermissionResponse: {
            /** @description The permission. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "checkpoint.permission";
            /** @description Whether it is gone. */
            deleted: boolean;
        };
        /** @description A file and what it is for. */
        CreateFileRequest: {
            /**
             * Format: binary
             * @description The content with its name.
             */
            file: string;
            /**
             * @description What the file is for.
             * @enum {string}
             */
            purpose: "assistants" | "batch" | "fine-tune" | "vision" | "user_data" | "evals";
            expires_after?: components["schemas"]["FileExpirationAfter"];
        };
        /** @description When the file is to be removed. */
        FileExpirationAfter: {
            /**
             * @description What the seconds count from.
             * @constant
             */
            anchor: "created_at";
            /**
             * Format: int64
             * @description How many seconds later.
             */
            seconds: number;
        };
        /** @description A stored file. */
        OpenAIFile: {
            /** @description What the file is called in every path. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "file";
            /** @description How many bytes it has. */
            bytes: number;
            /**
             * Format: unixtime
             * @description When it was stored, in Unix seconds.
             */
            created_at: number;
            /**
             * Format: unixtime
             * @description When it will be removed, in Unix seconds.
             */
            expires_at?: number;
            /** @description Its name. */
            filename: string;
            /**
             * @description What it is for. The official enum lacks evals, which uploads may have.
             * @enum {string}
             */
            purpose: "assistants" | "assistants_output" | "batch" | "batch_output" | "fine-tune" | "fine-tune-results" | "vision" | "user_data" | "evals";
            /**
             * @deprecated
             * @description Whether it has been checked; deprecated and yet required.
             * @enum {string}
             */
            status: "uploaded" | "processed" | "error";
            /**
             * @deprecated
             * @description Why the check failed.
             */
            status_details?: string;
        };
        /** @description One page of files. */
        ListFilesResponse: {
            /** @description The kind of object; list in the examples. */
            object: string;
            /** @description The files. */
            data: components["schemas"]["OpenAIFile"][];
            /** @description The first id of the page. */
            first_id: string;
            /** @description The last id of the page. */
            last_id: string;
            /** @description Whether more follow. */
            has_more: boolean;
        };
        /** @description The answer to deleting a file. */
        DeleteFileResponse: {
            /** @description The file. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "file";
            /** @description Whether it is gone. */
            deleted: boolean;
        };
        /** @description A model. */
        Model: {
            /** @description The name of the model. */
            id: string;
            /**
             * @description The kind of object.
             * @constant
             */
            object: "model";
            /**
             * Format: unixtime
             * @description When it came into being, in Unix seconds.
             */
            created: number;
            /** @description Whose model it is. */
            owned_by: string;
            /**
             * Format: date
             * @description When it is to be switched off.
             */
            shutdown_date?: string | null;
        };
        /** @description All models. */
        ListModelsResponse: {
            /**
             * @description The kind of object.
             * @constant
             */
            object: "list";
            /** @description The models. */
            data: components["schemas"]["Model"][];
        };
        /** @description The answer to deleting a model. */
        DeleteModelResponse: {
            /** @description The model. */
            id: string;
            /** @description The kind of object. */
            object: string;
            /** @description Whether it is gone. */
            deleted: boolean;
        };
        /** @description What every refusal is answered with. */
        ErrorResponse: {
            error: components["schemas"]["Error"];
        };
        /** @description What was wrong. */
        Error: {
            /** @description What is wrong, for people. */
            message: string;
            /** @description The kind of error. */
            type: string;
            /** @description The member at fault. */
            param: string | null;
            /** @description What is wrong, for programs. */
            code: string | null;
        };
    };
    responses: {
        /** @description The request is wrong; nothing was done. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description No key, or one that is not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such object. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The state of the object does not allow this. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request is well formed but cannot be carried out. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Too many requests, or the quota is used up. */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait before the next try. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed. No request of a client may cause this. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /** @description The id of a job. */
        JobId: string;
        /** @description Start behind the job with this id. */
        JobAfter: string;
        /** @description How many jobs a page holds. The documents name neither a smallest nor a largest value. */
        JobLimit: number;
        /** @description Only jobs that hold these pairs, written metadata[k]=v; or metadata=null for jobs without metadata. */
        MetadataFilter: {
            [key: string]: string;
        } | null;
        /** @description Start behind the event with this id. */
        EventAfter: string;
        /** @description How many events a page holds. */
        EventLimit: number;
        /** @description Start behind the checkpoint with this id. */
        CheckpointAfter: string;
        /** @description How many checkpoints a page holds. */
        CheckpointLimit: number;
        /** @description The model name of a checkpoint. */
        CheckpointName: string;
        /** @description The id of a file. */
        FileId: string;
        /** @description The name of a model. */
        ModelName: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listPaginatedFineTuningJobs: {
        parameters: {
            query?: {
                /** @description Start behind the job with this id. */
                after?: components["parameters"]["JobAfter"];
                /** @description How many jobs a page holds. The documents name neither a smallest nor a largest value. */
                limit?: components["parameters"]["JobLimit"];
                /** @description Only jobs that hold these pairs, written metadata[k]=v; or metadata=null for jobs without metadata. */
                metadata?: components["parameters"]["MetadataFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPaginatedFineTuningJobsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createFineTuningJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFineTuningJobRequest"];
            };
        };
        responses: {
            /** @description The job, usually not finished yet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    retrieveFineTuningJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    cancelFineTuningJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    pauseFineTuningJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    resumeFineTuningJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, waiting or running again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FineTuningJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listFineTuningEvents: {
        parameters: {
            query?: {
                /** @description Start behind the event with this id. */
                after?: components["parameters"]["EventAfter"];
                /** @description How many events a page holds. */
                limit?: components["parameters"]["EventLimit"];
            };
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFineTuningJobEventsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listFineTuningJobCheckpoints: {
        parameters: {
            query?: {
                /** @description Start behind the checkpoint with this id. */
                after?: components["parameters"]["CheckpointAfter"];
                /** @description How many checkpoints a page holds. */
                limit?: components["parameters"]["CheckpointLimit"];
            };
            header?: never;
            path: {
                /** @description The id of a job. */
                fine_tuning_job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of checkpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFineTuningJobCheckpointsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listFineTuningCheckpointPermissions: {
        parameters: {
            query?: {
                /** @description Only the permissions of this project. */
                project_id?: string;
                /** @description Start behind the permission with this id. */
                after?: string;
                /** @description How many permissions a page holds. */
                limit?: number;
                /** @description By creation time, oldest or newest first. */
                order?: "ascending" | "descending";
            };
            header?: never;
            path: {
                /** @description The model name of a checkpoint. */
                fine_tuned_model_checkpoint: components["parameters"]["CheckpointName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of permissions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFineTuningCheckpointPermissionResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createFineTuningCheckpointPermission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The model name of a checkpoint. */
                fine_tuned_model_checkpoint: components["parameters"]["CheckpointName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFineTuningCheckpointPermissionRequest"];
            };
        };
        responses: {
            /** @description The permissions that were granted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFineTuningCheckpointPermissionResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteFineTuningCheckpointPermission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The model name of a checkpoint. */
                fine_tuned_model_checkpoint: components["parameters"]["CheckpointName"];
                /** @description The id of the permission. */
                permission_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The permission is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteFineTuningCheckpointPermissionResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    runGrader: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunGraderRequest"];
            };
        };
        responses: {
            /** @description The reward and how it came about. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunGraderResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    validateGrader: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateGraderRequest"];
            };
        };
        responses: {
            /** @description The grader as it was understood. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidateGraderResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /** @description Only files of this purpose. */
                purpose?: string;
                /** @description How many files a page holds, from 1 to 10000. */
                limit?: number;
                /** @description By creation time, oldest or newest first. */
                order?: "asc" | "desc";
                /** @description Start behind the file with this id. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFilesResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["CreateFileRequest"];
            };
        };
        responses: {
            /** @description The stored file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    retrieveFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a file. */
                file_id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAIFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a file. */
                file_id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteFileResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    downloadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a file. */
                file_id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All models. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListModelsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    retrieveModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a model. */
                model: components["parameters"]["ModelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a model. */
                model: components["parameters"]["ModelName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteModelResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
}
